import { expect, it } from '@jest/globals';
import { politeInterval } from './polite-interval.ts';

it.each([
  ['as often as one would where few ask', 60_000, 60, 60_000],
  ['one call a second of all together where many ask', 60_000, 3_000, 3_000_000],
])('what nobody waits for is asked %s', (_, everyMs, calls, expected) => {
  expect(politeInterval(everyMs, calls)).toBe(expected);
});
