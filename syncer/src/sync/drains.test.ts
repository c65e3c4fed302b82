import { beforeEach, expect, it } from '@jest/globals';
import type { TargetHealth } from '../plan/index.ts';
import { createDrains, type Drains } from './drains.ts';

const delayMs = 300_000;
const began = 1_000_000;
const key = '10.0.0.1:8080';
let drains: Drains;

beforeEach(() => {
  drains = createDrains(() => began);
  drains.began([key]);
});

const look = (after: number, state?: TargetHealth['state']) => ({
  askedAt: began + after,
  targets: new Map(state === undefined ? [] : [[key, { state }]]),
});

it.each<[string, number, TargetHealth['state'] | undefined, boolean]>([
  ['goes on within the delay', 200_000, 'draining', false],
  ['ended when the delay was over', 301_000, undefined, false],
  ['ended some seconds early', 292_000, undefined, false],
  ['ended long before the delay was over', 60_000, undefined, true],
  ['goes on long after the delay', 320_000, 'draining', true],
  ['was cut short by a new registration', 60_000, 'initial', false],
])('a drain that %s contradicts the known delay: %#', (_, after, state, expected) => {
  expect(drains.contradict(look(after, state), delayMs)).toBe(expected);
});

it('a contradiction is told once', () => {
  expect(drains.contradict(look(320_000, 'draining'), delayMs)).toBe(true);
  expect(drains.contradict(look(380_000, 'draining'), delayMs)).toBe(false);
});

it('nothing contradicts a delay that is not known', () => {
  expect(drains.contradict(look(60_000), undefined)).toBe(false);
});

it('a look that was asked for before the deregistration says nothing', () => {
  expect(drains.contradict(look(-1), delayMs)).toBe(false);
  expect(drains.contradict(look(60_000), delayMs)).toBe(true);
});
