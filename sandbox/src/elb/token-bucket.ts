/** A bucket as AWS throttles with: starts full, refills evenly, each call takes one token. */
export type TokenBucket = {
  /** Takes one token; false when there is none. `now` in epoch milliseconds, never going back. */
  take(now: number): boolean;
};

/** A full bucket. */
export function createTokenBucket(size: { capacity: number; refillPerSecond: number }): TokenBucket {
  let tokens = size.capacity;
  let last: number | undefined;
  return {
    take(now) {
      const elapsedSeconds = (now - (last ?? now)) / 1000;
      tokens = Math.min(size.capacity, tokens + elapsedSeconds * size.refillPerSecond);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
