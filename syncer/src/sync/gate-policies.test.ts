import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { annotation, createHarness, key, putInService, type Harness } from './fixtures.ts';

// LBC#1447, #1275; kubernetes#91352; LBC#3753

let harness: Harness;
const pods = [1, 2, 3, 4];
const open = (): number[] => pods.filter((n) => harness.isOpen(n));

beforeEach(() => {
  harness = createHarness();
});

afterEach(() => harness.stop());

async function start(annotations: Record<string, string> = {}): Promise<void> {
  harness.setBinding({ uid: 'binding-1', annotations });
  await putInService(harness, pods);
  expect(open()).toEqual(pods);
}

describe('a gate that follows the health of its target', () => {
  it('closes when ELB finds the target unhealthy, and opens when it is healthy again', async () => {
    await start();
    harness.elb.check('unhealthy', [key(1)]);
    await harness.clock.advance(70_000);
    expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason: 'unhealthy' });
    harness.elb.check('healthy', [key(1)]);
    await harness.clock.advance(20_000);
    expect(open()).toEqual(pods);
  });

  it.each([
    ['half', {}, 2],
    ['the share that the annotation says', annotation('gate-floor', '75%'), 3],
  ])('stays open with %s of the others when all targets are unhealthy', async (_, annotations, left) => {
    await start(annotations);
    harness.elb.check('unhealthy');
    await harness.clock.advance(120_000);
    expect(open()).toHaveLength(left);
    for (const n of open()) expect(harness.gateOf(n)?.reason).toBe('HeldOpen');
    expect(harness.elb.registered()).toEqual(pods.map(key));
  });

  it('keeps the time of its last change while it only says other things', async () => {
    await start();
    const since = harness.gateOf(1)?.changedAt;
    harness.elb.check('unhealthy');
    await harness.clock.advance(120_000);
    const held = pods.filter((n) => harness.isOpen(n));
    expect(held.map((n) => harness.gateOf(n)?.changedAt)).toEqual(held.map(() => since));
  });
});

it('a gate that latches stays open, whatever becomes of its target', async () => {
  await start(annotation('gate-policy', 'latch'));
  harness.elb.check('unhealthy');
  await harness.clock.advance(300_000);
  expect(open()).toEqual(pods);
});

it('a mistake in an annotation is shown in the status, and the default holds', async () => {
  await start(annotation('gate-policy', 'sometimes'));
  const [, degraded] = harness.statusOf()?.conditions ?? [];
  expect(harness.conditionOf('Degraded')).toBe('True AnnotationUnreadable');
  expect(degraded?.message).toContain('elbv2.k8s.aws/gate-policy is "sometimes": it must be mirror or latch');
  harness.elb.check('unhealthy', [key(1)]);
  await harness.clock.advance(70_000);
  expect(open()).toEqual([2, 3, 4]);
});

describe('the gate of a target whose group no load balancer uses (LBC#3753)', () => {
  const unused = { state: 'unused', reason: 'Target.NotInUse' } as const;

  it.each([
    ['opens, and says why', {}, 'True'],
    ['waits where the annotation says so', annotation('target-not-in-use', 'wait'), 'False'],
  ])('%s', async (_, annotations, status) => {
    harness.setBinding({ uid: 'binding-1', annotations });
    harness.setPod(1);
    await harness.clock.advance(10);
    harness.elb.targets.set(key(1), unused);
    await harness.clock.advance(2_000);
    expect(harness.gateOf(1)).toMatchObject({ status, reason: 'Target.NotInUse' });
  });
});
