/** The bindings that wait for a round. Marking one twice before its round is one round. */
export interface Rounds {
  mark(key: string): void;
  /** How many bindings wait. */
  readonly depth: number;
  /** No round runs after this, and none is asked for. */
  stop(): void;
}

/** The event loop is given back after this long, so that one burst of events never starves watches and calls. */
const sliceMs = 10;

/** Runs `round` once for each marked binding, in the order of marking. A round is pure computing: it waits for nothing. */
export function createRounds(round: (key: string) => void): Rounds {
  const marked = new Set<string>();
  let stopped = false;
  let next: NodeJS.Immediate | undefined;

  function runSlice(): void {
    next = undefined;
    const end = performance.now() + sliceMs;
    for (const key of marked) {
      marked.delete(key);
      round(key);
      if (performance.now() > end) break;
    }
    schedule();
  }

  function schedule(): void {
    if (marked.size > 0) next ??= setImmediate(runSlice);
  }

  return {
    mark: (key) => {
      if (stopped) return;
      marked.add(key);
      schedule();
    },
    get depth() {
      return marked.size;
    },
    stop: () => {
      stopped = true;
      marked.clear();
      clearImmediate(next);
    },
  };
}
