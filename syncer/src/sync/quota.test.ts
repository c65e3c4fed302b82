import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, key, putInService, type Harness } from './fixtures.ts';

// LBC#4360, #3984; cloud-provider-aws#1328

let harness: Harness;
let quota: number;

/** A group that takes so many targets, draining ones included. */
beforeEach(() => {
  quota = 4;
  harness = createHarness();
  harness.elb.refuse.current = (added) =>
    harness.elb.targets.size + added.length > quota
      ? { reason: 'TooManyTargets', message: 'the quota of targets is reached' }
      : undefined;
});

afterEach(() => harness.stop());

const endDraining = (): void => {
  for (const [target, { state }] of harness.elb.targets) {
    if (state === 'draining') harness.elb.targets.delete(target);
  }
};

it('as many targets as fit are registered, and the status says that the quota is reached', async () => {
  harness.setBinding({ uid: 'binding-1' });
  const pods = [1, 2, 3, 4, 5, 6, 7];
  for (const n of pods) harness.setPod(n);
  await harness.clock.advance(2_000);
  expect(harness.elb.registered()).toHaveLength(4);
  expect(harness.conditionOf('Ready')).toBe('False TooManyTargets');
  expect(harness.conditionOf('Degraded')).toBe('True QuotaReached');
  expect(harness.viewOf()?.targetsInGroup).toBe(4);
  quota = 7;
  await harness.clock.advance(60_000);
  expect(harness.elb.registered()).toEqual(pods.map(key));
  expect(harness.conditionOf('Ready')).toBe('True InStep');
});

it('where there is no room for replacements, half of the old ones leave first, and half are always there', async () => {
  const [blue, green] = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ] as const;
  const labels = (color: string) => ({ app: 'web', color });
  harness.setService({ selector: labels('blue') });
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, blue, { labels: labels('blue') });
  for (const n of green) harness.setPod(n, { labels: labels('green'), open: true });
  harness.setService({ selector: labels('green') });
  for (let second = 0; second < 240; second++) {
    await harness.clock.advance(1_000);
    const inService = [...harness.elb.targets.values()].filter(({ state }) => state === 'healthy');
    expect(inService.length).toBeGreaterThanOrEqual(2);
    endDraining();
    harness.elb.check('healthy');
  }
  expect(harness.elb.registered()).toEqual(green.map(key));
});
