import { expect, it } from '@jest/globals';
import { floorOf } from './floor.ts';

it.each([
  [0, 0.5, 0],
  [1, 0.5, 1],
  [2, 0.5, 1],
  [3, 0.5, 2],
  [100, 0.55, 55],
  [100, 0.07, 7],
  [4, 0, 0],
  [4, 1, 4],
  [1, 0.01, 1],
])('of %d, a floor of %d keeps %d', (count, share, kept) => {
  expect(floorOf(count, share)).toBe(kept);
});
