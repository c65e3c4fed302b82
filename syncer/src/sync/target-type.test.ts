import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, key, settle, type Harness } from './fixtures.ts';

let harness: Harness;

beforeEach(() => {
  harness = createHarness();
});

afterEach(() => harness.stop());

const setBinding = (): void => harness.setBinding({ uid: 'binding-1' }, { targetType: undefined });
const groupHas = (targetType: string): void => {
  harness.elb.facts.current = { ...harness.elb.facts.current, targetType };
};

describe('a targetType that is left out is found out from the target group', () => {
  it('ip: pods are registered, and their gates open with their health', async () => {
    setBinding();
    harness.setPod(1);
    await settle();
    expect(harness.elb.registered()).toEqual([key(1)]);
    expect(harness.isOpen(1)).toBe(false);
    harness.elb.check('healthy');
    await harness.clock.advance(2_000);
    expect(harness.isOpen(1)).toBe(true);
  });

  it('instance: nodes are registered, and a gate that turns out needless opens and says so', async () => {
    groupHas('instance');
    harness.setService({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] });
    harness.setNode('node-1', {});
    setBinding();
    harness.setPod(1);
    await settle();
    expect(harness.elb.registered()).toEqual(['i-1:30080']);
    expect(harness.gateOf(1)).toMatchObject({ status: 'True', reason: 'NotNeeded' });
  });

  it('lambda: the status and an event say that it cannot be used', async () => {
    groupHas('lambda');
    setBinding();
    harness.setPod(1);
    await settle();
    expect(harness.conditionOf('Ready')).toBe('False TargetTypeNotSupported');
    expect(harness.api.events.map(({ reason }) => reason)).toContain('TargetTypeNotSupported');
    expect(harness.elb.changes()).toEqual([]);
    expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason: 'TargetTypeNotSupported' });
  });

  it('and while ELB does not say, nothing is registered, the gate says why, and the status too', async () => {
    harness.elb.refusals.set('facts', { reason: 'Throttled', message: 'Rate exceeded' });
    setBinding();
    harness.setPod(1);
    await harness.clock.advance(20_000);
    expect(harness.elb.changes()).toEqual([]);
    expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason: 'Throttled' });
    expect(harness.conditionOf('Ready')).toBe('False Throttled');
    harness.elb.refusals.clear();
    await harness.clock.advance(30_000);
    expect(harness.elb.registered()).toEqual([key(1)]);
  });

  it('and the status remembers it: a restarted syncer needs no answer to go on', async () => {
    setBinding();
    await settle();
    expect(harness.statusOf()?.targetGroup?.targetType).toBe('ip');
    harness.elb.refusals.set('facts', { reason: 'Throttled', message: 'Rate exceeded' });
    await harness.restart();
    harness.setPod(1);
    await settle();
    expect(harness.elb.registered()).toEqual([key(1)]);
  });
});

it('a targetType that contradicts the target group keeps pods out from then on, and the status says which is which', async () => {
  groupHas('instance');
  harness.setBinding({ uid: 'binding-1' }, { targetType: 'ip' });
  await harness.clock.advance(60_000);
  harness.setPod(1);
  await settle();
  expect(harness.elb.changes()).toEqual([]);
  expect(harness.conditionOf('Ready')).toBe('False TargetTypeMismatch');
});
