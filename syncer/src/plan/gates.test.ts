import { describe, expect, it } from '@jest/globals';
import { entry, inputOf, podObject, type World } from './fixtures.ts';
import { planGates } from './gates.ts';
import type { TargetHealth } from './observation.ts';
import { planRemovals } from './removals.ts';

function gates(world: World): string[] {
  const input = inputOf(world);
  return planGates(input, planRemovals(input).held).map((action) =>
    action.kind === 'set-condition'
      ? `${action.pod.name} ${action.condition.status} ${action.condition.reason}`
      : action.kind,
  );
}

const initial: TargetHealth = {
  state: 'initial',
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
};
const failed: TargetHealth = {
  state: 'unhealthy',
  reason: 'Target.FailedHealthChecks',
  description: 'Health checks failed',
};

describe('the gate of one pod', () => {
  const ready = { pods: [podObject(1)], ledger: [entry(1)] };
  it.each<[string, World, string[]]>([
    [
      'opens when its own registration was seen healthy',
      { ...ready, health: { 1: 'healthy' } },
      ['web-1 True Healthy'],
    ],
    [
      "waits with ELB's reason while checks are under way",
      { ...ready, health: { 1: initial } },
      ['web-1 False Elb.InitialHealthChecking'],
    ],
    [
      "waits with ELB's reason when checks fail",
      { ...ready, health: { 1: failed } },
      ['web-1 False Target.FailedHealthChecks'],
    ],
    ['says nothing before the registration', { pods: [podObject(1)] }, []],
    [
      'says nothing of health that was asked for before the registration',
      { ...ready, health: { 1: 'healthy' }, askedAt: 0 },
      [],
    ],
    [
      'says nothing of health while the address is registered for an earlier pod',
      { pods: [podObject(1)], ledger: [entry(1, { podUid: 'earlier' })], health: { 1: 'healthy' } },
      [],
    ],
    ['says nothing while the containers start', { pods: [podObject(1, { containersReady: false })] }, []],
    [
      'is left alone when the pod terminates',
      {
        pods: [podObject(1, { terminating: true, open: true })],
        ledger: [entry(1)],
        health: { 1: 'draining' },
      },
      [],
    ],
    [
      'does not exist on an ungated pod',
      { pods: [podObject(1, { gated: false, ready: true })], ledger: [entry(1)], health: { 1: 'healthy' } },
      [],
    ],
    ['waits for the service', { pods: [podObject(1)], service: 'missing' }, ['web-1 False ServiceNotFound']],
    [
      'waits for the port',
      { pods: [podObject(1)], service: { spec: { ports: [{ port: 80, targetPort: 'grpc' }] } } },
      ['web-1 False ContainerPortNotFound'],
    ],
    [
      'waits for the labels',
      { pods: [podObject(1, { labels: { app: 'elsewhere' } })] },
      ['web-1 False NotSelected'],
    ],
    [
      'says what AWS said while it cannot be registered',
      { pods: [podObject(1)], more: { trouble: { reason: 'AccessDenied', message: 'no' } } },
      ['web-1 False AccessDenied'],
    ],
    [
      'says what AWS said while the ledger is not read',
      { pods: [podObject(1)], ledger: 'unread', more: { trouble: { reason: 'Unreachable', message: 'no' } } },
      ['web-1 False Unreachable'],
    ],
  ])('%s', (_, world, expected) => {
    expect(gates(world)).toEqual(expected);
  });
});

describe('an open gate', () => {
  const open = podObject(1, { open: true });
  it.each<[string, World, string[]]>([
    [
      'stays open when the service goes missing',
      { pods: [open], ledger: [entry(1)], service: 'missing' },
      [],
    ],
    [
      'stays open when AWS is out of reach',
      { pods: [open], ledger: [entry(1)], more: { trouble: { reason: 'Unreachable', message: 'no' } } },
      [],
    ],
    [
      'stays open while a target that was registered again is checked',
      { pods: [open], ledger: [entry(1)], health: { 1: initial } },
      [],
    ],
    [
      'stays open on the only pod when its target is unhealthy',
      { pods: [open], ledger: [entry(1)], health: { 1: failed } },
      [],
    ],
    [
      'stays open on the only pod when its containers are not ready',
      { pods: [podObject(1, { open: true, containersReady: false })], ledger: [entry(1)] },
      [],
    ],
  ])('%s', (_, world, expected) => {
    expect(gates(world)).toEqual(expected);
  });

  const four = [1, 2, 3, 4].map((n) => podObject(n, { open: true }));
  const ledger = [1, 2, 3, 4].map((n) => entry(n));

  it('closes when its target is unhealthy, as long as half of the pods stay open', () => {
    const health = { 1: failed, 2: failed, 3: failed, 4: 'healthy' } as const;
    expect(gates({ pods: four, ledger, health }).filter((gate) => gate.includes('False'))).toEqual([
      'web-1 False Target.FailedHealthChecks',
      'web-2 False Target.FailedHealthChecks',
    ]);
  });

  it('closes when its containers stop being ready', () => {
    const pods = [podObject(1, { open: true, containersReady: false }), ...four.slice(1)];
    const health = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'healthy' } as const;
    expect(gates({ pods, ledger, health })).toContain('web-1 False ContainersNotReady');
  });

  it('is not closed below the floor when some pods are not ready and the others unhealthy', () => {
    const pods = [1, 2]
      .map((n) => podObject(n, { open: true, containersReady: false }))
      .concat(four.slice(2));
    expect(
      gates({ pods, ledger, health: { 3: failed, 4: failed } }).filter((gate) => gate.includes('False')),
    ).toHaveLength(2);
  });

  it('stays as it is before the ledger is read', () => {
    const pods = [podObject(1, { open: true, containersReady: false })];
    expect(gates({ pods, ledger: 'unread' })).toEqual([]);
  });
});
