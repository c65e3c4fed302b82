import { describe, expect, it } from '@jest/globals';
import { entry, failed, gates, podObject, type World } from './fixtures.ts';

describe('LBC#1447: by the policy mirror, open gates', () => {
  const four = [1, 2, 3, 4].map((n) => podObject(n, { open: true }));
  const ledger = [1, 2, 3, 4].map((n) => entry(n));
  const allFail = { 1: failed, 2: failed, 3: failed, 4: failed } as const;
  const closed = (world: World): string[] =>
    gates(world)
      .filter((gate) => gate.includes(' False '))
      .map((gate) => gate.replace(/ .*/, ''));

  it('close when their targets are unhealthy, as long as half of the pods stay open', () => {
    expect(gates({ pods: four, ledger, health: allFail })).toEqual([
      'web-1 False Target.FailedHealthChecks',
      'web-2 False Target.FailedHealthChecks',
      'web-3 True HeldOpen',
      'web-4 True HeldOpen',
    ]);
  });

  it('of an odd number stay open by more than half', () => {
    expect(closed({ pods: four.slice(1), ledger, health: allFail })).toEqual(['web-2']);
  });

  it('close no further when the others are closed already', () => {
    const pods = [podObject(1, { open: false }), podObject(2, { open: false }), ...four.slice(2)];
    expect(closed({ pods, ledger, health: { 3: failed, 4: failed } })).toEqual([]);
  });

  it.each([
    [0, 4],
    [0.25, 3],
    [1, 0],
  ])('with a floor of %d, %d of 4 close', (gateFloor, count) => {
    expect(closed({ pods: four, ledger, health: allFail, settings: { gateFloor } })).toHaveLength(count);
  });

  it('close when their containers stop being ready', () => {
    const pods = [podObject(1, { open: true, containersReady: false }), ...four.slice(1)];
    const health = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'healthy' } as const;
    expect(gates({ pods, ledger, health })).toContain('web-1 False ContainersNotReady');
  });

  it('count those whose containers are not ready against the floor', () => {
    const pods = [1, 2]
      .map((n) => podObject(n, { open: true, containersReady: false }))
      .concat(four.slice(2));
    // The target of web-2, the last healthy one, is kept, and so its gate is left as it is.
    const health = { 1: 'healthy', 2: 'healthy', 3: failed, 4: failed } as const;
    expect(closed({ pods, ledger, health })).toEqual(['web-1']);
  });

  it('may close while ready pods without a gate carry the service', () => {
    const pods = [...four.slice(0, 2), ...[3, 4].map((n) => podObject(n, { gated: false, ready: true }))];
    expect(closed({ pods, ledger, health: allFail })).toEqual(['web-1', 'web-2']);
    const unready = [...four.slice(0, 2), ...[3, 4].map((n) => podObject(n, { gated: false }))];
    expect(closed({ pods: unready, ledger, health: allFail })).toEqual([]);
  });

  it('say that they are healthy again', () => {
    const pods = [podObject(1, { open: { status: 'True', reason: 'HeldOpen', message: '' } })];
    expect(gates({ pods, ledger: [entry(1)], health: { 1: 'healthy' } })).toEqual(['web-1 True Healthy']);
  });
});
