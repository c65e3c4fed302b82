import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, putInService, type Harness } from './fixtures.ts';

let harness: Harness;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1]);
  await harness.clock.advance(120_000);
  expect(harness.conditionOf('Ready')).toBe('True InStep');
  harness.elb.refusals.set('look', { reason: 'Throttled', message: 'Rate exceeded' });
});

afterEach(() => harness.stop());

it('a throttled look that nobody waits for is no trouble of the binding', async () => {
  harness.elb.calls.length = 0;
  await harness.clock.advance(120_000);
  expect(harness.elb.calls).toContain('look');
  expect(harness.conditionOf('Ready')).toBe('True InStep');
});

it('one that a pod waits for is', async () => {
  harness.setPod(2);
  await harness.clock.advance(5_000);
  expect(harness.conditionOf('Ready')).toBe('False Throttled');
});
