import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, key, settle, type Harness } from './fixtures.ts';

// Pods that the webhook has not seen (LBC#1718, #2047, #2979, #3603, #4034).

let harness: Harness;
const askForGates = (): void =>
  harness.setNamespace({ metadata: { labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } } });
const warningsOfOwners = () =>
  harness.api.events.filter(
    ({ reason, involvedObject }) =>
      reason === 'PodsWithoutGate' && involvedObject.kind !== 'TargetGroupBinding',
  );

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await settle();
});

afterEach(() => harness.stop());

it('a pod without a gate is registered when it is Ready, and not before (LBC#1718)', async () => {
  harness.setPod(1, { gated: false });
  await settle();
  expect(harness.elb.registered()).toEqual([]);
  harness.changePod(1, { ready: true });
  await settle();
  expect(harness.elb.registered()).toEqual([key(1)]);
});

it('where a namespace asks for gates, the owner of pods without one is told once, and they are counted', async () => {
  askForGates();
  for (const n of [1, 2, 3]) harness.setPod(n, { gated: n === 3, ready: true });
  await harness.clock.advance(1_800_000);
  expect(warningsOfOwners()).toHaveLength(1);
  expect(warningsOfOwners()[0]?.involvedObject).toMatchObject({ kind: 'ReplicaSet', name: 'web' });
  expect(harness.viewOf()?.ungated).toEqual(['web-1', 'web-2']);
  expect(harness.conditionOf('Degraded')).toBe('True PodsWithoutGate');
  for (const n of [1, 2]) harness.removePod(n);
  await settle();
  expect(harness.viewOf()?.ungated).toEqual([]);
  expect(harness.conditionOf('Degraded')).toBe('False Fine');
});

it('where a namespace asks for none, pods without a gate are as they should be', async () => {
  harness.setPod(1, { gated: false, ready: true });
  await harness.clock.advance(60_000);
  expect(warningsOfOwners()).toEqual([]);
  expect(harness.viewOf()?.ungated).toEqual([]);
});
