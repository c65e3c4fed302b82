import { describe, expect, it } from '@jest/globals';
import { isMet } from './result.ts';

describe('a goal', () => {
  it.each([
    ['that is an upper bound is met at the bound', { value: 6, goal: { atMost: 6 } }, true],
    ['that is an upper bound is missed above it', { value: 6.01, goal: { atMost: 6 } }, false],
    ['that is a lower bound is met at the bound', { value: 4500, goal: { atLeast: 4500 } }, true],
    ['that is a lower bound is missed below it', { value: 4499, goal: { atLeast: 4500 } }, false],
    ['is missed by what never came', { value: Infinity, goal: { atMost: 9 } }, false],
    ['that is not there is neither met nor missed', { value: 6 }, undefined],
  ])('%s', (_, figure, met) => {
    expect(isMet(figure)).toBe(met);
  });
});
