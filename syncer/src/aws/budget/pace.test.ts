import { expect, it } from '@jest/globals';
import { faster, slower, startingPace } from './pace.ts';

const start = 5;
const fallen = slower(startingPace(start));

it('until the first throttle the pace doubles each second', () => {
  expect(faster(startingPace(start), start, 1).perSecond).toBe(10);
  expect(faster(startingPace(start), start, 0.5).perSecond).toBeCloseTo(7.07);
});

it('a throttle halves it', () => {
  expect(fallen.perSecond).toBe(2.5);
  expect(slower(fallen).perSecond).toBe(1.25);
});

it('after a throttle it grows evenly: by what it began with in 100 s', () => {
  expect(faster(fallen, start, 10).perSecond).toBe(3);
  expect(faster(fallen, start, 100).perSecond).toBe(7.5);
});

it('grows the same in one step and in many', () => {
  const inSteps = (pace = fallen) =>
    Array.from({ length: 50 }).reduce<typeof pace>((sum) => faster(sum, start, 0.2), pace);
  expect(inSteps().perSecond).toBeCloseTo(faster(fallen, start, 10).perSecond);
  const begun = startingPace(start);
  expect(inSteps(begun).perSecond).toBeCloseTo(faster(begun, start, 10).perSecond);
});

it('however often ELB throttles, a call is made every two seconds', () => {
  let pace = startingPace(start);
  for (let times = 0; times < 20; times++) pace = slower(pace);
  expect(pace.perSecond).toBe(0.5);
});
