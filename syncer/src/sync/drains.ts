import type { TargetKey } from '../ledger/ledger.ts';
import { isDraining, type Observation } from '../plan/index.ts';

/** Compares how long targets drain with what is known of their group: its delay may have been changed. */
export interface Drains {
  /** Healthy targets were deregistered, just now. */
  began(keys: Iterable<TargetKey>): void;
  /** Whether a look shows a drain that ended before the delay was over, or has not ended long after. */
  contradict(look: Observation, delayMs: number | undefined): boolean;
}

/** By so much a drain may differ from the delay, in milliseconds: calls take their time, and ELB keeps its own. */
const toleranceMs = 10_000;

export function createDrains(now: () => number): Drains {
  const beganAt = new Map<TargetKey, number>();
  return {
    began: (keys) => {
      for (const key of keys) beganAt.set(key, now());
    },
    contradict: ({ askedAt, targets }, delayMs) => {
      let isOdd = false;
      for (const [key, at] of beganAt) {
        if (askedAt <= at) continue;
        const health = targets.get(key);
        const isOver = health === undefined;
        const drainsFor = askedAt - at;
        if (delayMs !== undefined && isOver && drainsFor < delayMs - toleranceMs) isOdd = true;
        const isLong = delayMs !== undefined && drainsFor > delayMs + toleranceMs;
        if (isLong && !isOver && isDraining(health)) isOdd = true;
        // It has ended, it is another's by now, or it has said all that it can.
        if (isOver || !isDraining(health) || isLong) beganAt.delete(key);
      }
      return isOdd;
    },
  };
}
