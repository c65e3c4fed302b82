import type { Change } from '@targetgate/shared/kube';
import { deletedAtOf, type Pod } from '@targetgate/shared/model';
import type { Clock, Logger } from '@targetgate/shared/runtime';

/** The smallest delays, in milliseconds, with which deletions came to be known: of this while, and of the one before. */
export interface Delays {
  /** When this while began (epoch ms). */
  readonly since: number;
  readonly least: number;
  readonly leastBefore: number;
}

/** What a broken watch tells late is not taken for skew, where a deletion of this while or the one before came in time. */
const whileMs = 600_000;

/** How late the watch told of a deletion, in milliseconds from the one clock to the other; undefined for other changes. */
export function delayOf({ before, after, by }: Change<Pod>, now: number): number | undefined {
  if (by !== 'watch' || before?.uid !== after?.uid || before?.deletesAt !== undefined) return undefined;
  const deletedAt = after && deletedAtOf(after);
  return deletedAt === undefined ? undefined : now - deletedAt;
}

/** What is known after one more deletion. A while ends with the first deletion after its time: silence forgets nothing. */
export function learn(known: Delays | undefined, delay: number, now: number): Delays {
  if (known === undefined) return { since: now, least: delay, leastBefore: Infinity };
  const { since, least } = known;
  if (now - since < whileMs) return { ...known, least: Math.min(least, delay) };
  return { since: now, least: delay, leastBefore: least };
}

/**
 * By how much this program's clock is ahead of the API server's, in milliseconds, negative where it is behind: the least
 * that explains all delays. A delay of up to a second is none, as the API cuts times to whole seconds.
 */
export function skewOf(known: Delays | undefined): number {
  if (known === undefined) return 0;
  const least = Math.min(known.least, known.leastBefore);
  return Math.min(least, Math.max(0, least - 1_000));
}

/** A pod with its API times as this program's clock would have them. Nodes are taken to keep the API server's time. */
export function inOurTime(pod: Pod, skewMs: number): Pod {
  if (skewMs === 0) return pod;
  const shifted = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : at + skewMs;
  return { ...pod, deletesAt: shifted(pod.deletesAt), containerEndedAt: shifted(pod.containerEndedAt) };
}

/** How far this program's clock and the API server's are apart, for all bindings. */
export interface Skew {
  /** Learns from what was told of a pod. */
  see(change: Change<Pod>): void;
  /** As of `skewOf`. */
  readonly ms: number;
}

/** A skew beyond this, in milliseconds, is somebody's to repair. */
const toleratedMs = 2_000;

export function createSkew(clock: Clock, logger: Logger): Skew {
  let known: Delays | undefined;
  return {
    see: (change) => {
      const now = clock.now();
      const delay = delayOf(change, now);
      if (delay === undefined) return;
      const wasTolerated = Math.abs(skewOf(known)) <= toleratedMs;
      known = learn(known, delay, now);
      const ms = skewOf(known);
      if (!wasTolerated || Math.abs(ms) <= toleratedMs) return;
      logger.warn(
        { aheadSeconds: ms / 1_000 },
        "this clock and the API server's are apart: ends are judged as if they were not; see that nodes keep the time",
      );
    },
    get ms() {
      return skewOf(known);
    },
  };
}
