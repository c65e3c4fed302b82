import type { Clock } from '@targetgate/shared/runtime';

/** Bindings that rest after a round. */
export interface Rests {
  /** A round has taken so long, in milliseconds. */
  begin(key: string, tookMs: number): void;
  /** Whether a binding rests. Who has asked for it meanwhile is told when its rest is over. */
  defers(key: string): boolean;
  /** How many of those that rest have been asked for. */
  readonly deferred: number;
  stop(): void;
}

interface Rest {
  readonly cancel: () => void;
  readonly defers: boolean;
}

/** So all rounds together take about a tenth of a CPU, as long as no rest would be longer than the longest. */
const restPerRound = 10;
const longestRestMs = 1_000;

/** In a shorter one nobody is made to wait: it saves little, and a pod may become ready in it. It counts for others. */
const shortestRestMs = 20;

/**
 * After a round, a binding rests for ten times as long as the round took, times the number of those that rest: where a
 * thousand pods change one after the other, they share rounds, each of which looks at all pods of its binding. A change
 * that comes alone never waits.
 */
export function createRests(clock: Clock, onRested: (key: string) => void): Rests {
  const resting = new Map<string, Rest>();
  const asked = new Set<string>();

  function end(key: string): void {
    resting.delete(key);
    if (asked.delete(key)) onRested(key);
  }

  return {
    begin: (key, tookMs) => {
      resting.get(key)?.cancel();
      resting.delete(key);
      asked.delete(key);
      const restMs = Math.min(tookMs * restPerRound * (resting.size + 1), longestRestMs);
      const cancel = clock.at(clock.now() + restMs, () => end(key));
      resting.set(key, { cancel, defers: restMs >= shortestRestMs });
    },
    defers: (key) => {
      if (resting.get(key)?.defers !== true) return false;
      asked.add(key);
      return true;
    },
    get deferred() {
      return asked.size;
    },
    stop: () => {
      for (const { cancel } of resting.values()) cancel();
      resting.clear();
      asked.clear();
    },
  };
}
