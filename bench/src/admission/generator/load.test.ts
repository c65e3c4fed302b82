import { describe, expect, it } from '@jest/globals';
import { quantileOf } from './load.ts';

describe('a quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  it.each([
    [0.5, 50],
    [0.99, 99],
    [0.995, 100],
    [1, 100],
  ])('of share %d is the value of that rank', (share, value) => {
    expect(quantileOf(hundred, share)).toBe(value);
  });

  it('of nothing is refused', () => {
    expect(() => quantileOf([], 0.5)).toThrow('nothing was measured');
  });
});
