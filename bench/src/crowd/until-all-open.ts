import type { World } from '@targetgate/sandbox/world';
import type { CrowdPod } from './start-crowd.ts';

const gatesTimeoutMs = 200_000;

/** Waits until the gates of pods are open; gives when the last one opened, in epoch milliseconds. */
export function untilAllOpen(
  world: World,
  pods: readonly CrowdPod[],
  openedAt: ReadonlyMap<string, number>,
): Promise<number> {
  return world.until(
    'all gates are open',
    () => {
      const times = pods.flatMap(({ uid }) => openedAt.get(uid) ?? []);
      return Promise.resolve(
        times.length === pods.length
          ? { done: Math.max(...times) }
          : { still: `${times.length} of ${pods.length} are` },
      );
    },
    { timeoutMs: gatesTimeoutMs },
  );
}
