import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, finalizer, key, settle, type Harness } from './fixtures.ts';

// Beside another controller, which does the work: everything is planned, nothing is done.

let harness: Harness;

beforeEach(async () => {
  harness = createHarness({ options: { shadow: true } });
  harness.setBinding({ uid: 'binding-1' });
  await settle();
});

afterEach(async () => {
  await harness.stop();
  expect(harness.api.writes).toEqual([]);
  expect(harness.elb.changes()).toEqual([]);
});

it('nothing is written, and each lead over the other controller is measured', async () => {
  harness.setPod(1);
  await harness.clock.advance(10_000);
  // The other controller registers the pod, ELB finds it healthy, the other controller opens the gate.
  harness.elb.targets.set(key(1), { state: 'initial' });
  await harness.clock.advance(5_000);
  harness.elb.check('healthy');
  await harness.clock.advance(20_000);
  harness.changePod(1, { open: true });
  await harness.clock.advance(1_000);
  harness.changePod(1, { terminating: true });
  await harness.clock.advance(30_000);
  harness.elb.targets.set(key(1), { state: 'draining' });
  await harness.clock.advance(5_000);

  expect(harness.leads.map(({ change }) => change)).toEqual(['register', 'open-gate', 'deregister']);
  const [register = 0, open = 0, deregister = 0] = harness.leads.map(({ seconds }) => seconds);
  expect(register).toBeGreaterThanOrEqual(10);
  expect(register).toBeLessThanOrEqual(13);
  expect(open).toBeGreaterThanOrEqual(18);
  expect(open).toBeLessThanOrEqual(21);
  expect(deregister).toBeGreaterThanOrEqual(30);
  expect(deregister).toBeLessThanOrEqual(33);
});

it('gates that nobody else opens stay as they are', async () => {
  harness.setPod(1, { labels: { app: 'other' } });
  harness.setBinding(undefined);
  await harness.clock.advance(60_000);
  expect(harness.isOpen(1)).toBe(false);
});

it('a binding that is deleted is left to the other controller', async () => {
  harness.setPod(1);
  harness.elb.targets.set(key(1), { state: 'healthy' });
  await harness.clock.advance(5_000);
  const deletionTimestamp = new Date(harness.clock.now()).toISOString();
  harness.setBinding({ uid: 'binding-1', finalizers: [finalizer], deletionTimestamp });
  await harness.clock.advance(300_000);
  expect(harness.api.bindings.get('web')?.finalizers).toEqual([finalizer]);
});

it('what is in step already is no lead', async () => {
  harness.elb.targets.set(key(1), { state: 'healthy' });
  harness.setPod(1, { open: true, ready: true });
  await harness.restart();
  harness.leads.length = 0;
  await harness.clock.advance(120_000);
  expect(harness.leads.filter(({ seconds }) => seconds > 0)).toEqual([]);
});
