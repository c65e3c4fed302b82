import { beforeEach, expect, it } from '@jest/globals';
import type { Trouble } from '../plan/index.ts';
import { createFakeClock, settle, type FakeClock } from './fixtures/clock.ts';
import { createLane, type Lane } from './lane.ts';

let clock: FakeClock;
let lane: Lane;

beforeEach(() => {
  clock = createFakeClock(5);
  lane = createLane({ clock, backsOff: () => false, onFree: () => undefined, onTrouble: () => undefined });
});

/** A piece of work that comes to this, a second after the last. */
async function work(reason: string | undefined): Promise<void> {
  await clock.advance(1_000);
  const trouble: Trouble | undefined = reason === undefined ? undefined : { reason, message: 'no' };
  lane.offer(() => Promise.resolve(trouble));
  await settle(5);
}

it('a silence of AWS lasts from the first call without an answer, whatever each of them ran into', async () => {
  await work('Throttled');
  const since = clock.now();
  await work('Unreachable');
  expect(lane.trouble).toEqual({ reason: 'Unreachable', message: 'no', since });
});

it.each([['an answer', 'TooManyTargets'] as const, ['a success', undefined] as const])(
  'a silence of AWS that follows %s is a new one',
  async (_, reason) => {
    await work('Throttled');
    await work(reason);
    await work('Throttled');
    expect(lane.trouble).toEqual({ reason: 'Throttled', message: 'no', since: clock.now() });
  },
);
