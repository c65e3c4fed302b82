import { expect, it } from '@jest/globals';
import { longestLeaseMs, shortestLeaseMs, timingOf } from './timing.ts';

it('every Lease duration that may be set has times that timers take: whole milliseconds', () => {
  for (let durationMs = shortestLeaseMs; durationMs <= longestLeaseMs; durationMs += 1000) {
    const times = Object.values({ ...timingOf(durationMs) });
    expect(times.filter((ms) => !Number.isInteger(ms))).toEqual([]);
  }
});

it('the default of 7 s is renewed each 1.5 s, and its holder stops writing after 5', () => {
  expect(timingOf(7_000)).toEqual({
    durationMs: 7_000,
    renewDeadlineMs: 5_000,
    renewEveryMs: 1_500,
    retryEveryMs: 500,
    answerWithinMs: 2_500,
  });
});
