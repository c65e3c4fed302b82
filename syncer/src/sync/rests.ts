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

/** So a binding takes a tenth of a CPU at the most, and nothing waits for long. */
const restPerRound = 10;
const longestRestMs = 50;

/**
 * After a round, a binding rests for ten times as long as the round took: where a thousand pods of one binding change
 * one after the other, they share rounds, each of which looks at all thousand. A change that comes alone never waits.
 */
export function createRests(clock: Clock, onRested: (key: string) => void): Rests {
  const resting = new Map<string, () => void>();
  const asked = new Set<string>();

  function end(key: string): void {
    resting.delete(key);
    if (asked.delete(key)) onRested(key);
  }

  return {
    begin: (key, tookMs) => {
      if (tookMs <= 0) return;
      const restMs = Math.min(tookMs * restPerRound, longestRestMs);
      resting.set(
        key,
        clock.at(clock.now() + restMs, () => end(key)),
      );
    },
    defers: (key) => {
      if (!resting.has(key)) return false;
      asked.add(key);
      return true;
    },
    get deferred() {
      return asked.size;
    },
    stop: () => {
      for (const cancel of resting.values()) cancel();
      resting.clear();
      asked.clear();
    },
  };
}
