import { describe, expect, it } from '@jest/globals';
import { filledAt, refill, type Bucket, type Inflow } from './bucket.ts';

const inflow: Inflow = { perSecond: 5, capacity: 20 };

describe('a bucket', () => {
  it.each<[string, Bucket, number, Bucket]>([
    ['fills evenly', { tokens: 0, at: 1_000 }, 1_500, { tokens: 2.5, at: 1_500 }],
    ['takes no more than its capacity', { tokens: 19, at: 0 }, 60_000, { tokens: 20, at: 60_000 }],
    ['loses what a smaller capacity has no room for', { tokens: 30, at: 0 }, 0, { tokens: 20, at: 0 }],
    ['is the same in the same instant', { tokens: 3, at: 7 }, 7, { tokens: 3, at: 7 }],
  ])('%s', (_, bucket, now, expected) => {
    expect(refill(bucket, inflow, now)).toEqual(expected);
  });

  it.each<[string, Bucket, number]>([
    ['when it is empty', { tokens: 0, at: 1_000 }, 1_201],
    ['when a part is there', { tokens: 0.5, at: 1_000 }, 1_101],
    ['when a rounding error is all that is missing', { tokens: 1 - 1e-12, at: 1_000 }, 1_001],
  ])('has a token at a millisecond to come, %s', (_, bucket, expected) => {
    const at = filledAt(bucket, inflow, 1);
    expect(at).toBe(expected);
    expect(refill(bucket, inflow, at).tokens).toBeGreaterThanOrEqual(1);
  });
});
