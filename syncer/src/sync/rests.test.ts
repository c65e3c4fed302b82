import { beforeEach, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from './fixtures/clock.ts';
import { createRests, type Rests } from './rests.ts';

let clock: FakeClock;
let rests: Rests;
let rested: string[];

beforeEach(() => {
  clock = createFakeClock(1);
  rested = [];
  rests = createRests(clock, (key) => rested.push(key));
});

it('a binding rests for ten times as long as its round took, and no other does', async () => {
  rests.begin('a', 2);
  expect([rests.defers('b'), rests.defers('a'), rests.deferred]).toEqual([false, true, 1]);
  await clock.advance(19);
  expect([rested, rests.defers('a')]).toEqual([[], true]);
  await clock.advance(1);
  expect([rested, rests.defers('a'), rests.deferred]).toEqual([['a'], false, 0]);
});

it('a rest in which nobody asked for the binding ends unnoticed', async () => {
  rests.begin('a', 2);
  await clock.advance(20);
  expect([rested, rests.defers('a')]).toEqual([[], false]);
});

it('a rest of less than 20 ms makes nobody wait, and makes those of others longer', async () => {
  rests.begin('a', 1.9);
  expect(rests.defers('a')).toBe(false);
  rests.begin('b', 1.9);
  expect(rests.defers('b')).toBe(true);
  await clock.advance(38);
  expect(rested).toEqual(['b']);
});

it('the more bindings rest, the longer each: together they take a tenth of a CPU', async () => {
  rests.begin('a', 2);
  rests.begin('b', 2);
  rests.defers('b');
  await clock.advance(39);
  expect(rested).toEqual([]);
  await clock.advance(1);
  expect(rested).toEqual(['b']);
});

it('a round that came in the middle of a rest begins another one', async () => {
  rests.begin('a', 2);
  rests.defers('a');
  await clock.advance(10);
  rests.begin('a', 3);
  expect(rests.deferred).toBe(0);
  rests.defers('a');
  await clock.advance(29);
  expect(rested).toEqual([]);
  await clock.advance(1);
  expect(rested).toEqual(['a']);
});

it('no rest is longer than a second, however long the round took', async () => {
  rests.begin('a', 2_000);
  rests.defers('a');
  await clock.advance(1_000);
  expect(rested).toEqual(['a']);
});

it('nobody is told of rests that were stopped', async () => {
  rests.begin('a', 2);
  rests.defers('a');
  rests.stop();
  await clock.advance(100);
  expect([rested, rests.deferred]).toEqual([[], 0]);
});
