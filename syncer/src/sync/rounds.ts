import type { Clock } from '@targetgate/shared/runtime';
import { createRests } from './rests.ts';

/** The bindings that wait for a round. Marking one twice before its round is one round. */
export interface Rounds {
  readonly mark: (key: string) => void;
  /** Marks one that must not wait for the end of its rest. */
  readonly markAtOnce: (key: string) => void;
  /** How many bindings wait. */
  readonly depth: number;
  /** No round begins until it is resumed; those that are asked for wait. */
  pause(): void;
  resume(): void;
  /** No round runs after this, and none is asked for. */
  stop(): void;
}

/** The event loop is given back after this long, so that one burst of events never starves watches and calls. */
const sliceMs = 10;

/**
 * Runs `round` once for each marked binding, in the order of marking; none before it is resumed for the first time. A round
 * is pure computing: it waits for nothing.
 */
export function createRounds(round: (key: string) => void, clock: Clock): Rounds {
  const marked = new Set<string>();
  const urgent = new Set<string>();
  let stopped = false;
  let paused = true;
  let next: NodeJS.Immediate | undefined;
  const rests = createRests(clock, mark);

  function runSlice(): void {
    next = undefined;
    const end = performance.now() + sliceMs;
    for (const key of marked) {
      marked.delete(key);
      if (!urgent.delete(key) && rests.defers(key)) continue;
      const began = clock.now();
      round(key);
      rests.begin(key, clock.now() - began);
      if (paused || performance.now() > end) break;
    }
    schedule();
  }

  function schedule(): void {
    if (marked.size > 0 && !paused) next ??= setImmediate(runSlice);
  }

  function mark(key: string): void {
    if (stopped) return;
    marked.add(key);
    schedule();
  }

  return {
    mark,
    markAtOnce: (key) => {
      if (!stopped) urgent.add(key);
      mark(key);
    },
    get depth() {
      return marked.size + rests.deferred;
    },
    pause: () => {
      paused = true;
      clearImmediate(next);
      next = undefined;
    },
    resume: () => {
      paused = false;
      schedule();
    },
    stop: () => {
      stopped = true;
      marked.clear();
      urgent.clear();
      rests.stop();
      clearImmediate(next);
    },
  };
}
