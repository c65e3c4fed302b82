import { beforeEach, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from './fixtures/clock.ts';
import { createMilestones, type Milestones } from './milestones.ts';

let clock: FakeClock;
let milestones: Milestones;
let deregistrations: number[];

beforeEach(() => {
  clock = createFakeClock(1);
  deregistrations = [];
  const nothing = (): void => undefined;
  milestones = createMilestones(
    {
      gateOpened: nothing,
      registered: nothing,
      deregistered: (seconds) => deregistrations.push(seconds),
    },
    clock,
  );
});

it('a deregistration is timed from when the pod was first seen to end', async () => {
  milestones.leaving('web-1');
  await clock.advance(2_000);
  milestones.leaving('web-1');
  await clock.advance(3_000);
  milestones.deregistered('web-1');
  expect(deregistrations).toEqual([5]);
});

it('a target that may come back, and is deregistered once more, is timed once', async () => {
  milestones.leaving('web-1');
  milestones.deregistered('web-1');
  milestones.leaving('web-1');
  await clock.advance(60_000);
  milestones.deregistered('web-1');
  expect(deregistrations).toEqual([0]);
});

it('a pod that stays is not timed', () => {
  milestones.deregistered('web-1');
  expect(deregistrations).toEqual([]);
});

it('what nothing more may come of is forgotten', async () => {
  milestones.leaving('web-1');
  milestones.leaving('web-2');
  milestones.keep((uid) => uid === 'web-2');
  await clock.advance(1_000);
  milestones.deregistered('web-1');
  milestones.deregistered('web-2');
  expect(deregistrations).toEqual([1]);
});
