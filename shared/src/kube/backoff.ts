/** Waiting times that double from `firstMs` to `capMs`, each spread over its upper half so that many waiters part. */
export interface Backoff {
  /** The next waiting time, in milliseconds. */
  next(): number;
  reset(): void;
}

export function createBackoff(options: { firstMs: number; capMs: number; random?: () => number }): Backoff {
  const { firstMs, capMs, random = Math.random } = options;
  let failures = 0;
  return {
    next: () => Math.min(capMs, firstMs * 2 ** failures++) * (0.5 + random() / 2),
    reset: () => (failures = 0),
  };
}
