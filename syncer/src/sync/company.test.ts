import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, type Harness } from './fixtures.ts';

let harness: Harness;
const registrations = (): number => harness.elb.changes().length;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await harness.clock.advance(1_000);
});

afterEach(() => harness.stop());

/** These pods become ready one after the other, a tenth of a second apart. */
async function becomeReady(pods: readonly number[]): Promise<void> {
  for (const n of pods) {
    harness.setPod(n);
    await harness.clock.advance(100);
  }
}

it('pods that become ready one by one are registered at once, five of them; then each second, with all that are due', async () => {
  harness.setPod(9, { containersReady: false });
  await becomeReady([1, 2, 3, 4, 5]);
  expect(registrations()).toBe(5);
  await becomeReady([6, 7]);
  await harness.clock.advance(1_000);
  expect(registrations()).toBe(6);
  expect(harness.elb.registered()).toHaveLength(7);
});

it('the last pod that starts takes along those that wait for it', async () => {
  harness.setPod(9, { containersReady: false });
  await becomeReady([1, 2, 3, 4, 5, 6, 7]);
  await becomeReady([9]);
  expect(harness.elb.registered()).toHaveLength(8);
});
