import { describe, expect, it } from '@jest/globals';
import { createTokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('gives its capacity at once, then what is refilled, and never more than its capacity', () => {
    const bucket = createTokenBucket({ capacity: 2, refillPerSecond: 10 });
    const at = (now: number): boolean => bucket.take(now);
    expect([at(0), at(0), at(0)]).toEqual([true, true, false]);
    expect([at(99), at(100), at(101)]).toEqual([false, true, false]);
    expect([at(10_000), at(10_000), at(10_000)]).toEqual([true, true, false]);
  });
});
