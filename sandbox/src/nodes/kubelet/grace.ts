/** A pod's grace period. It can be made shorter while it runs, never longer. */
export interface Grace {
  /** Aborted when the grace period is over. */
  readonly over: AbortSignal;
  /** The grace period ends this long from now, unless it ends earlier already. */
  endWithin(ms: number): void;
  /** Forgets the timer, where the end is not waited for any more. */
  forget(): void;
}

export function createGrace(): Grace {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let endsAt = Infinity;
  const forget = (): void => clearTimeout(timer);
  return {
    over: over.signal,
    forget,
    endWithin: (ms) => {
      const wanted = Date.now() + ms;
      if (wanted >= endsAt) return;
      endsAt = wanted;
      forget();
      if (ms <= 0) over.abort();
      else timer = setTimeout(() => over.abort(), ms);
    },
  };
}
