import { expect, it } from '@jest/globals';
import { faster, recovered, slower, startingPace, type Pace } from './pace.ts';

const start = 5;
const now = 1_000_000;
const fallen = slower(startingPace(start), now);
const high: Pace = { perSecond: 10, start, throttledAt: now };

it('until the first throttle the pace doubles each second', () => {
  expect(faster(startingPace(start), 1, now).perSecond).toBe(10);
  expect(faster(startingPace(start), 0.5, now).perSecond).toBeCloseTo(7.07);
});

it('it is at most eight times what it began with', () => {
  expect(faster(startingPace(start), 60, now).perSecond).toBe(40);
});

it('a throttle halves it', () => {
  expect(fallen.perSecond).toBe(2.5);
  expect(slower(fallen, now).perSecond).toBe(1.25);
});

it('after a throttle it grows evenly: by what it began with in 100 s', () => {
  expect(recovered(fallen, 10).perSecond).toBe(3);
  expect(faster(high, 10, now).perSecond).toBe(10.5);
});

it('time alone brings it back to what it began with, and no further', () => {
  expect(recovered(fallen, 100).perSecond).toBe(5);
  expect(recovered(high, 100)).toBe(high);
});

it('calls that ELB takes do not make the way back any shorter', () => {
  expect(faster(fallen, 10, now)).toBe(fallen);
});

it('five minutes after a throttle the limit is forgotten', () => {
  expect(faster(high, 1, now + 299_999).perSecond).toBeCloseTo(10.05);
  expect(faster(high, 1, now + 300_000).perSecond).toBe(20);
});

it('grows the same in one step and in many', () => {
  const inSteps = (pace: Pace, grow: (pace: Pace, seconds: number) => Pace) =>
    Array.from({ length: 10 }).reduce<Pace>((sum) => grow(sum, 0.2), pace).perSecond;
  const faster_ = (pace: Pace, seconds: number) => faster(pace, seconds, now);
  const begun = startingPace(start);
  expect(inSteps(fallen, recovered)).toBeCloseTo(recovered(fallen, 2).perSecond);
  expect(inSteps(high, faster_)).toBeCloseTo(faster(high, 2, now).perSecond);
  expect(inSteps(begun, faster_)).toBeCloseTo(faster(begun, 2, now).perSecond);
});

it('however often ELB throttles, a call is made every two seconds', () => {
  let pace = startingPace(start);
  for (let times = 0; times < 20; times++) pace = slower(pace, now);
  expect(pace.perSecond).toBe(0.5);
});
