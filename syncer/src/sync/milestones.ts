import type { Clock } from '@targetgate/shared/runtime';
import type { SyncMetrics } from './context.ts';

/** Measures, pod by pod, how long the syncer's work took from the moment it could have begun. */
export interface Milestones {
  /** The pod is ready for registration. */
  wanted(uid: string): void;
  /** Since when it has been, until its gate opens (epoch ms); undefined where it is not. */
  wantedAt(uid: string): number | undefined;
  registered(uid: string): void;
  gateOpened(uid: string): void;
  /** The pod's deletion, or its end without one, was seen. */
  leaving(uid: string): void;
  deregistered(uid: string): void;
  /** When ELB has answered that it drains the pod's target (epoch ms); undefined where it has not. */
  deregisteredAt(uid: string): number | undefined;
  /** Forgets all pods but those of which something more may come. */
  keep(mayMatter: (uid: string) => boolean): void;
}

export function createMilestones(
  metrics: Pick<SyncMetrics, 'gateOpened' | 'registered' | 'deregistered'>,
  clock: Clock,
): Milestones {
  const wantedAt = new Map<string, number>();
  const leavingAt = new Map<string, number>();
  const deregisteredAt = new Map<string, number>();

  const mark = (times: Map<string, number>, uid: string): void => {
    if (!times.has(uid)) times.set(uid, clock.now());
  };
  const since = (times: Map<string, number>, uid: string, observe: (seconds: number) => void): void => {
    const start = times.get(uid);
    if (start !== undefined) observe((clock.now() - start) / 1000);
  };

  return {
    wanted: (uid) => mark(wantedAt, uid),
    wantedAt: (uid) => wantedAt.get(uid),
    registered: (uid) => {
      since(wantedAt, uid, (seconds) => metrics.registered(seconds));
      deregisteredAt.delete(uid);
    },
    gateOpened: (uid) => {
      since(wantedAt, uid, (seconds) => metrics.gateOpened(seconds));
      // A gate that closes and opens again is timed from then.
      wantedAt.delete(uid);
    },
    leaving: (uid) => {
      // A target that may come back is deregistered once more, in time or not.
      if (!deregisteredAt.has(uid)) mark(leavingAt, uid);
    },
    deregistered: (uid) => {
      since(leavingAt, uid, (seconds) => metrics.deregistered(seconds));
      leavingAt.delete(uid);
      deregisteredAt.set(uid, clock.now());
    },
    deregisteredAt: (uid) => deregisteredAt.get(uid),
    keep: (mayMatter) => {
      for (const times of [wantedAt, leavingAt, deregisteredAt]) {
        for (const uid of times.keys()) if (!mayMatter(uid)) times.delete(uid);
      }
    },
  };
}
