import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

// LBC#3042, #4324, #2420, #2857

let harness: Harness;

beforeEach(() => {
  harness = createHarness();
});

afterEach(() => harness.stop());

const statusWrites = (): number =>
  harness.api.writes.filter((write) => write.endsWith('/targetgroupbindings/web/status')).length;

it('the status says what is in step, how many targets there are, and what the group is like', async () => {
  harness.setBinding({ uid: 'binding-1', generation: 3 });
  await putInService(harness, [1, 2]);
  await harness.clock.advance(65_000);
  expect(harness.statusOf()).toMatchObject({
    observedGeneration: 3,
    conditions: [
      { type: 'Ready', status: 'True', reason: 'InStep', observedGeneration: 3 },
      { type: 'Degraded', status: 'False', reason: 'Fine' },
      { type: 'TerminationsOutlastDrain', status: 'False', reason: 'SleepTooShort' },
    ],
    targets: { desired: 2, healthy: 2, draining: 0, foreign: 0 },
    targetGroup: {
      arn: 'arn:web',
      targetType: 'ip',
      protocol: 'HTTP',
      healthCheckIntervalSeconds: 30,
      deregistrationDelaySeconds: 300,
      idleTimeoutSeconds: 60,
    },
  });
});

it('before the first look the status says nothing, and then all of it at once', async () => {
  const { promise: answer, resolve: letGo } = Promise.withResolvers<void>();
  harness.elb.gates.set('look', answer);
  harness.setBinding({ uid: 'binding-1' });
  await harness.clock.advance(3_000);
  expect(statusWrites()).toBe(0);
  letGo();
  await settle();
  expect(statusWrites()).toBe(1);
  expect(harness.statusOf()?.targets).toEqual({ desired: 0, healthy: 0, draining: 0, foreign: 0 });
  expect(harness.conditionOf('Ready')).toBe('True InStep');
});

it('a status that would not change is not written, by a restarted syncer neither', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1, 2]);
  await harness.clock.advance(65_000);
  const before = statusWrites();
  await harness.clock.advance(1_200_000);
  await harness.restart();
  await harness.clock.advance(120_000);
  expect(statusWrites()).toBe(before);
});

it('counts are written every 5 s at the most, and none is forgotten', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await harness.clock.advance(65_000);
  const before = statusWrites();
  for (let n = 1; n <= 60; n++) {
    harness.setPod(n);
    await harness.clock.advance(500);
  }
  expect(statusWrites() - before).toBeLessThanOrEqual(7);
  expect(statusWrites() - before).toBeGreaterThan(2);
  harness.elb.check('healthy');
  await harness.clock.advance(10_000);
  expect(harness.statusOf()?.targets).toMatchObject({ desired: 60, healthy: 60 });
});

it('news is written at once, and its time moves with its status only', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await harness.clock.advance(65_000);
  const since = harness.statusOf()?.conditions.map(({ lastTransitionTime }) => lastTransitionTime);
  harness.setService(undefined);
  await settle();
  expect(harness.conditionOf('Ready')).toBe('False ServiceNotFound');
  const [ready, degraded] = harness.statusOf()?.conditions ?? [];
  expect(ready?.lastTransitionTime).toBe(new Date(harness.clock.now()).toISOString());
  expect(degraded?.lastTransitionTime).toBe(since?.[1]);
  await harness.clock.advance(1_000);
  harness.setService({ ports: [{ name: 'other', port: 81 }] });
  await settle();
  expect(harness.conditionOf('Ready')).toBe('False ServicePortNotFound');
  expect(harness.statusOf()?.conditions[0]?.lastTransitionTime).toBe(ready?.lastTransitionTime);
});

it('a binding that asks for security group rules is told once that it gets none', async () => {
  harness.setBinding({ uid: 'binding-1' }, { networking: { ingress: [] } });
  harness.setPod(1);
  await harness.clock.advance(600_000);
  expect(harness.conditionOf('SecurityGroups')).toBe('False NotManaged');
  expect(harness.api.events.filter(({ reason }) => reason === 'NotManaged')).toHaveLength(1);
  expect(harness.elb.registered()).toHaveLength(1);
});

describe('the facts of a group', () => {
  const factsCalls = (): number => harness.elb.calls.filter((call) => call === 'facts').length;

  const factsCallsIn = async (ms: number): Promise<number> => {
    const before = factsCalls();
    await harness.clock.advance(ms);
    return factsCalls() - before;
  };

  it('are asked for at once for a new binding, and its status has them at once', async () => {
    harness.setBinding({ uid: 'binding-1' });
    await settle();
    expect(factsCalls()).toBe(1);
    expect(harness.statusOf()?.targetGroup?.deregistrationDelaySeconds).toBe(300);
  });

  it('are asked for within a minute after a restart: statuses remember them', async () => {
    harness.setBinding({ uid: 'binding-1' });
    await harness.clock.advance(1_000);
    await harness.restart();
    expect(await factsCallsIn(1_000)).toBe(0);
    expect(await factsCallsIn(59_000)).toBe(1);
  });

  it('are asked for every hour or so', async () => {
    harness.setBinding({ uid: 'binding-1' });
    await harness.clock.advance(6 * 3_600_000);
    expect(factsCalls()).toBeGreaterThanOrEqual(6);
    expect(factsCalls()).toBeLessThanOrEqual(8);
  });

  it('are asked for within a minute or so of a drain that contradicts them', async () => {
    harness.setBinding({ uid: 'binding-1' });
    await putInService(harness, [1, 2]);
    await harness.clock.advance(120_000);
    const before = factsCalls();
    harness.elb.facts.current = { ...harness.elb.facts.current, deregistrationDelaySeconds: 20 };
    harness.removePod(1);
    await harness.clock.advance(20_000);
    harness.elb.targets.delete(key(1));
    await harness.clock.advance(130_000);
    expect(factsCalls()).toBe(before + 1);
    expect(harness.statusOf()?.targetGroup?.deregistrationDelaySeconds).toBe(20);
  });

  it('that cannot be read trouble nobody who does not need them', async () => {
    harness.elb.refusals.set('facts', { reason: 'AccessDenied', message: 'no' });
    harness.setBinding({ uid: 'binding-1' });
    await putInService(harness, [1]);
    await harness.clock.advance(3_600_000);
    expect(harness.conditionOf('Ready')).toBe('True InStep');
    expect(harness.statusOf()?.targetGroup).toEqual({ arn: 'arn:web' });
    // Once a minute while the binding is new, then every hour.
    expect(factsCalls()).toBeLessThanOrEqual(13);
  });

  it('that were read stay in the status when they cannot be read any more', async () => {
    harness.setBinding({ uid: 'binding-1' });
    await harness.clock.advance(65_000);
    harness.elb.refusals.set('facts', { reason: 'AccessDenied', message: 'no' });
    await harness.restart();
    await harness.clock.advance(1_200_000);
    expect(harness.statusOf()?.targetGroup?.deregistrationDelaySeconds).toBe(300);
  });
});
