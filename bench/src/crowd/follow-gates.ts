import type { WorldEvent } from '@targetgate/sandbox/world';

/** When each pod's gate opened first, in epoch milliseconds, by the pod's uid. */
export interface Gates {
  see(event: WorldEvent): void;
  readonly openedAt: ReadonlyMap<string, number>;
}

/** Follows the gates of all pods, each of which has one. */
export function followGates(): Gates {
  const openedAt = new Map<string, number>();
  return {
    openedAt,
    see: (event) => {
      if (event.kind === 'gate' && event.status === 'True' && !openedAt.has(event.uid))
        openedAt.set(event.uid, event.at);
    },
  };
}
