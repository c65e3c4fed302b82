import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

// Gates of pods that the service does not select (LBC#2393, #1764, #2695).

let harness: Harness;
const serviceReads = (): number =>
  harness.api.reads.filter((read) => read === 'GET /api/v1/namespaces/shop/services/web').length;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await settle();
});

afterEach(() => harness.stop());

it('the gate of a pod that is not selected opens, after the API server has confirmed it', async () => {
  harness.setPod(1, { labels: { app: 'other' } });
  await settle();
  expect(serviceReads()).toBe(1);
  expect(harness.gateOf(1)).toMatchObject({ status: 'True', reason: 'NotSelected' });
});

it('the gate of a pod stays closed while only the cache of services does not select it', async () => {
  harness.setService({ selector: { app: 'old' } });
  harness.setServiceUnseen({});
  harness.setPod(1);
  await harness.clock.advance(120_000);
  expect(harness.isOpen(1)).toBe(false);
  expect(serviceReads()).toBeLessThan(15);
  harness.setService({});
  await settle();
  expect(harness.elb.registered()).toEqual([key(1)]);
});

it('an open gate stays open when the service selects other pods', async () => {
  await putInService(harness, [1, 2]);
  harness.changePod(1, { labels: { app: 'other' } });
  await harness.clock.advance(120_000);
  expect(harness.isOpen(1)).toBe(true);
});
