import { beforeEach, expect, it } from '@jest/globals';
import { createFakeClock, settle } from './fixtures/clock.ts';
import { createRounds, type Rounds } from './rounds.ts';

let ran: string[];
let rounds: Rounds;

beforeEach(() => {
  ran = [];
  rounds = createRounds((key) => {
    ran.push(key);
    if (key === 'pausing') rounds.pause();
    clock.set(clock.now() + (took[key] ?? 0));
  }, clock);
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
