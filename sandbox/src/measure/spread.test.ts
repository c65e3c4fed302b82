import { describe, expect, it } from '@jest/globals';
import { spreadOf } from './spread.ts';

describe('a spread', () => {
  it('has both ends and the middle one, and of an even number the lower of the two in the middle', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ count: 3, min: 10, p50: 20, max: 30 });
    expect(spreadOf([40, 30, 10, 20])).toEqual({ count: 4, min: 10, p50: 20, max: 40 });
  });

  it('of one is that one', () => {
    expect(spreadOf([7])).toEqual({ count: 1, min: 7, p50: 7, max: 7 });
  });

  it('of none is none', () => {
    expect(spreadOf([])).toBeUndefined();
  });
});
