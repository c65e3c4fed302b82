import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, key, putInService, type Harness } from './fixtures.ts';

const unreachable = { reason: 'Unreachable', message: 'no answer' } as const;

let harness: Harness;
const looks = (): number => harness.elb.calls.filter((call) => call === 'look').length;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1, 2]);
  // The minute's look has just been made.
  await harness.clock.advance(61_000);
  harness.elb.calls.length = 0;
});

afterEach(() => harness.stop());

it('a deregistration whose answer is lost is looked after when nothing of it can take effect any more', async () => {
  harness.elb.refusals.set('deregister', unreachable);
  harness.removePod(1);
  await harness.clock.advance(0);
  harness.elb.refusals.clear();
  await harness.clock.advance(4_900);
  expect(looks()).toBe(0);
  expect(harness.elb.registered()).toEqual([key(2)]);
  await harness.clock.advance(200);
  expect(looks()).toBe(1);
});

it('one that was answered needs no such look', async () => {
  harness.removePod(1);
  await harness.clock.advance(6_000);
  expect(looks()).toBe(0);
});

it('a target that turns ill is looked at again within seconds, and then every minute as ever', async () => {
  harness.elb.check('unhealthy', [key(2)]);
  await harness.clock.advance(60_000);
  harness.elb.calls.length = 0;
  await harness.clock.advance(6_000);
  expect(looks()).toBeGreaterThanOrEqual(1);
  harness.elb.check('healthy');
  await harness.clock.advance(120_000);
  harness.elb.calls.length = 0;
  await harness.clock.advance(600_000);
  expect(looks()).toBe(10);
});
