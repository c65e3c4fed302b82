import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { annotation, createHarness, key, putInService, type Harness } from './fixtures.ts';

// Targets of the group that somebody else has registered (LBC#2173, #2757, #1777, #1996, #3853).

let harness: Harness;
const foreign = '10.9.9.9:8080';
const remove = annotation('foreign-targets', 'remove');

/** Two pods in service, in a group that has a target of somebody else. */
beforeEach(async () => {
  harness = createHarness();
  harness.elb.targets.set(foreign, { state: 'healthy' });
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1, 2]);
  await harness.clock.advance(6_000);
});

afterEach(() => harness.stop());

it('foreign targets are counted in the status and kept', async () => {
  expect(harness.statusOf()?.targets).toEqual({ desired: 2, healthy: 2, draining: 0, foreign: 1 });
  await harness.clock.advance(600_000);
  expect(harness.elb.registered()).toContain(foreign);
  expect(harness.conditionOf('Degraded')).toBe('False Fine');
});

it('foreign targets are kept when the binding is deleted', async () => {
  const deletionTimestamp = new Date(harness.clock.now()).toISOString();
  const finalizers = ['elbv2.k8s.aws/resources'];
  harness.setBinding({ uid: 'binding-1', finalizers, deletionTimestamp });
  await harness.clock.advance(10_000);
  expect(harness.elb.registered()).toEqual([foreign]);
});

it('foreign targets leave by an annotation, when all of ours are healthy and not before', async () => {
  harness.setPod(3);
  await harness.clock.advance(2_000);
  harness.setBinding({ uid: 'binding-1', annotations: remove });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toContain(foreign);
  harness.elb.check('healthy', [key(3)]);
  await harness.clock.advance(70_000);
  expect(harness.elb.registered()).toEqual([1, 2, 3].map(key));
});

it('a group that clusters share keeps the targets of the others, and the status says why', async () => {
  harness.setBinding({ uid: 'binding-1', annotations: remove }, { multiClusterTargetGroup: true });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toContain(foreign);
  expect(harness.conditionOf('Degraded')).toBe('True AnnotationUnreadable');
  expect(harness.statusOf()?.conditions[1]?.message).toContain('multiClusterTargetGroup');
});
