import { describe, expect, it } from '@jest/globals';
import { createBackoff } from './backoff.ts';

const five = [1, 2, 3, 4, 5];

describe('a back-off', () => {
  it('doubles up to its cap', () => {
    const backoff = createBackoff({ firstMs: 100, capMs: 1000, random: () => 1 });
    expect(five.map(() => backoff.next())).toEqual([100, 200, 400, 800, 1000]);
  });

  it('is spread over the upper half of each time', () => {
    const backoff = createBackoff({ firstMs: 100, capMs: 1000, random: () => 0 });
    expect(five.map(() => backoff.next())).toEqual([50, 100, 200, 400, 500]);
  });

  it('begins again after a reset', () => {
    const backoff = createBackoff({ firstMs: 100, capMs: 1000, random: () => 1 });
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });

  it('stays at its cap for ever', () => {
    const backoff = createBackoff({ firstMs: 100, capMs: 1000, random: () => 1 });
    for (let failure = 0; failure < 2000; failure++) backoff.next();
    expect(backoff.next()).toBe(1000);
  });
});
