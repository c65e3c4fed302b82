import { beforeEach, expect, it } from '@jest/globals';
import { createFakeClock, settle, type FakeClock } from './fixtures/clock.ts';
import { createRounds, type Rounds } from './rounds.ts';

let ran: string[];
let rounds: Rounds;
/** How far the clock is ahead of one that stands still while a round computes, in milliseconds. */
let computedMs: number;
let clock: FakeClock;

beforeEach(() => {
  ran = [];
  computedMs = 0;
  clock = createFakeClock(10);
  const standing = clock;
  rounds = createRounds(
    (key) => {
      ran.push(key);
      if (key === 'pausing') rounds.pause();
      if (key === 'long') computedMs += 2;
    },
    {
      now: () => standing.now() + computedMs,
      at: (time, callback) => standing.at(time - computedMs, callback),
    },
  );
});

it('no round runs before the start; those that are asked for wait, each once', async () => {
  rounds.mark('a');
  rounds.mark('b');
  rounds.mark('a');
  await settle();
  expect([ran, rounds.depth]).toEqual([[], 2]);
  rounds.resume();
  await settle();
  expect([ran, rounds.depth]).toEqual([['a', 'b'], 0]);
});

it('none runs in a pause, even of those that were next; all do after it', async () => {
  rounds.resume();
  for (const key of ['a', 'pausing', 'b']) rounds.mark(key);
  await settle();
  rounds.mark('c');
  await settle();
  expect(ran).toEqual(['a', 'pausing']);
  rounds.resume();
  await settle();
  expect(ran).toEqual(['a', 'pausing', 'b', 'c']);
});

it('none runs after the end', async () => {
  rounds.resume();
  rounds.mark('a');
  rounds.stop();
  rounds.mark('b');
  rounds.resume();
  await settle();
  expect(ran).toEqual([]);
});

it('what is asked for again while it rests has its round, one for all, after the rest', async () => {
  rounds.resume();
  rounds.mark('long');
  await settle();
  for (const key of ['long', 'b', 'long']) rounds.mark(key);
  await clock.advance(19);
  expect([ran, rounds.depth]).toEqual([['long', 'b'], 1]);
  await clock.advance(1);
  expect([ran, rounds.depth]).toEqual([['long', 'b', 'long'], 0]);
});

it('what must not wait has its round in the middle of a rest', async () => {
  rounds.resume();
  rounds.mark('long');
  await settle();
  rounds.markAtOnce('long');
  await settle();
  expect([ran, rounds.depth]).toEqual([['long', 'long'], 0]);
});
