import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, settle, type Harness } from './fixtures.ts';

let harness: Harness;
const target = (n: number): string => `i-${n}:30080`;
const providerID = (n: number): string => `aws:///us-west-2a/i-${n}`;
const setNode = (n: number, spec: object = {}, ready = true): void => {
  harness.setNode(`node-${n}`, {
    spec: { providerID: providerID(n), ...spec },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  });
};

/** Three nodes, healthy targets of an instance binding. */
beforeEach(async () => {
  harness = createHarness();
  harness.elb.facts.current = { ...harness.elb.facts.current, targetType: 'instance' };
  harness.setService({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] });
  for (const n of [1, 2, 3]) setNode(n);
  harness.setBinding({ uid: 'binding-1' }, { targetType: 'instance' });
  await settle();
  harness.elb.check('healthy');
  await harness.clock.advance(2_000);
});

afterEach(() => harness.stop());

describe('a node', () => {
  it("is a target by its instance id and the service's node port", () => {
    expect(harness.elb.registered()).toEqual([target(1), target(2), target(3)]);
    expect(harness.ledgerText()).toMatch(/^i-1:30080 node\/node-1 uid-node-1 intended=\S+ registered=\S+$/m);
    expect(harness.conditionOf('Ready')).toBe('True InStep');
  });

  // karpenter-provider-aws#4673
  it.each([
    ['that Karpenter is about to end', { taints: [{ key: 'karpenter.sh/disrupted' }] }, true],
    [
      'that the cluster autoscaler is about to end',
      { taints: [{ key: 'ToBeDeletedByClusterAutoscaler' }] },
      true,
    ],
    ['with a spot interruption', { taints: [{ key: 'aws-node-termination-handler/spot-itn' }] }, true],
    ['that is not ready', {}, false],
  ])('%s leaves, and is back when that is over', async (_, spec, ready) => {
    setNode(2, spec, ready);
    await settle();
    expect(harness.elb.registered()).toEqual([target(1), target(3)]);
    setNode(2);
    await settle();
    expect(harness.elb.registered()).toEqual([target(1), target(2), target(3)]);
  });

  it('that is deleted leaves at once, and another one of its name comes for itself', async () => {
    harness.setNode('node-2', undefined);
    await settle();
    expect(harness.elb.changes().at(-1)).toBe(`deregister ${target(2)}`);
    harness.setNode('node-2', { metadata: { uid: 'another' }, spec: { providerID: providerID(9) } });
    await settle();
    expect(harness.elb.registered()).toEqual([target(1), target(3), target(9)]);
  });

  it('that a new list lacks stays while the API server has it', async () => {
    harness.loseSightOfNode('node-2');
    await harness.clock.advance(120_000);
    expect(harness.api.reads).toContain('GET /api/v1/nodes/node-2');
    expect(harness.elb.registered()).toContain(target(2));
  });

  it('that is only cordoned stays', async () => {
    setNode(2, { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable' }] });
    await settle();
    expect(harness.elb.registered()).toContain(target(2));
  });

  it('without a providerID is reported and passed over; the others are not kept waiting (LBC#2702)', async () => {
    harness.setNode('node-4', { spec: { providerID: undefined } });
    setNode(5);
    await settle();
    expect(harness.elb.registered()).toContain(target(5));
    expect(harness.conditionOf('Ready')).toBe('True InStep');
    expect(harness.conditionOf('Degraded')).toBe('True TargetsUnusable');
    expect(harness.statusOf()?.conditions[1]?.message).toContain('node-4 has no providerID');
  });
});

it('never do all nodes leave that run, when all of them are tainted at once', async () => {
  for (const n of [1, 2, 3]) setNode(n, { taints: [{ key: 'karpenter.sh/disrupted' }] });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toHaveLength(2);
  expect(harness.conditionOf('Degraded')).toBe('True RemovalsHeld');
});
