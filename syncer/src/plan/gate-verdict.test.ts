import { describe, expect, it } from '@jest/globals';
import {
  earlier,
  endpoint,
  endpointEntry,
  entry,
  failed,
  gates,
  initial,
  inputOf,
  nodeObject,
  podObject,
  unreachable,
  type World,
} from './fixtures.ts';
import { plan } from './index.ts';
import type { TargetHealth } from './observation.ts';

const notInUse: TargetHealth = { state: 'unused', reason: 'Target.NotInUse' };
const unusable: TargetHealth = { state: 'unused', reason: 'Target.IpUnusable' };
const unchecked: TargetHealth = { state: 'unavailable', reason: 'Target.HealthCheckDisabled' };
const refusal = (uid: string) => ({
  refused: new Map([['10.0.0.1:8080', { uid, trouble: { reason: 'InvalidTarget', message: 'no' } }]]),
});
const elsewhere = { labels: { app: 'elsewhere' } };

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
    [
      "waits with ELB's reason when it cannot use the target",
      { ...ready, health: { 1: unusable } },
      ['web-1 False Target.IpUnusable'],
    ],
    [
      'opens with a reason when the group is in no use: LBC#3753',
      { ...ready, health: { 1: notInUse } },
      ['web-1 True Target.NotInUse'],
    ],
    [
      'waits when the group is in no use and that was chosen: LBC#3753',
      { ...ready, health: { 1: notInUse }, settings: { notInUse: 'wait' } },
      ['web-1 False Target.NotInUse'],
    ],
    [
      'opens with a reason when ELB does not check the group, whatever was chosen for groups in no use',
      { ...ready, health: { 1: unchecked }, settings: { notInUse: 'wait' } },
      ['web-1 True Target.HealthCheckDisabled'],
    ],
    ['says nothing before the registration', { pods: [podObject(1)] }, []],
    [
      'says nothing of health that was asked for before the registration',
      { ...ready, health: { 1: 'healthy' }, askedAt: 0 },
      [],
    ],
    [
      'says nothing of health while the registration is not known to have succeeded',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: undefined })],
        health: { 1: 'healthy' },
      },
      [],
    ],
    [
      'says nothing of health while the address is registered for an earlier pod: LBC#4343',
      { pods: [podObject(1)], ledger: [entry(1, { subject: earlier })], health: { 1: 'healthy' } },
      [],
    ],
    [
      'waits where another pod has its target',
      {
        pods: [podObject(1), podObject(2, { ip: '10.0.0.1' })],
        ledger: [entry(1)],
        health: { 1: initial },
      },
      ['web-1 False Elb.InitialHealthChecking', 'web-2 False TargetTaken'],
    ],
    ['says nothing while the containers start', { pods: [podObject(1, { containersReady: false })] }, []],
    [
      'closes when the containers, which were ready, are not any more',
      { pods: [podObject(1, { open: false, containersReady: false })] },
      ['web-1 False ContainersNotReady'],
    ],
    [
      'is left alone when the pod terminates',
      {
        pods: [podObject(1, { terminating: true, open: true })],
        ledger: [entry(1)],
        health: { 1: 'draining' },
      },
      [],
    ],
    ['is left alone when the pod has finished', { pods: [podObject(1, { finished: true, open: true })] }, []],
    [
      'does not exist on an ungated pod',
      { pods: [podObject(1, { gated: false, ready: true })], ledger: [entry(1)], health: { 1: 'healthy' } },
      [],
    ],
    [
      'opens with a reason when the targets turn out to be instances',
      { pods: [podObject(1)], nodes: [nodeObject(1)] },
      ['web-1 True NotNeeded'],
    ],
    ['waits for the service', { pods: [podObject(1)], service: 'missing' }, ['web-1 False ServiceNotFound']],
    [
      'waits for the port',
      { pods: [podObject(1)], service: { spec: { ports: [{ port: 80, targetPort: 'grpc' }] } } },
      ['web-1 False ContainerPortNotFound'],
    ],
    [
      'opens with a reason when the service does not select the pod: LBC#2393',
      { pods: [podObject(1, elsewhere)] },
      ['web-1 True NotSelected'],
    ],
    [
      'says what ELB has against its target',
      { pods: [podObject(1)], more: refusal('uid-1') },
      ['web-1 False InvalidTarget'],
    ],
    [
      'says nothing of what ELB had against the target of an earlier pod',
      { pods: [podObject(1)], more: refusal('earlier') },
      [],
    ],
    [
      'says what AWS said while it cannot be registered',
      { pods: [podObject(1)], more: { trouble: { reason: 'AccessDenied', message: 'no' } } },
      ['web-1 False AccessDenied'],
    ],
    [
      'says what AWS said while the ledger is not read',
      { pods: [podObject(1)], ledger: 'unread', more: unreachable },
      ['web-1 False Unreachable'],
    ],
    [
      'opens with the health of its endpoint where the service has no selector',
      {
        pods: [podObject(1)],
        endpoints: [endpoint(1, { pod: 1 })],
        ledger: [endpointEntry(1, { subject: { kind: 'endpoint', name: '10.0.0.1', uid: 'uid-1' } })],
        health: { 1: 'healthy' },
      },
      ['web-1 True Healthy'],
    ],
  ])('%s', (_, world, expected) => {
    expect(gates(world)).toEqual(expected);
  });

  it('is opened for not being selected only when the API server agrees', () => {
    expect(plan(inputOf({ pods: [podObject(1, elsewhere)] })).actions).toEqual([
      expect.objectContaining({ kind: 'set-condition', ask: 'not-selected' }),
    ]);
  });
});

describe('an open gate', () => {
  const open = podObject(1, { open: true });
  it.each<[string, World, string[]]>([
    [
      'stays open when the service goes missing: LBC#3711',
      { pods: [open], ledger: [entry(1)], service: 'missing' },
      [],
    ],
    ['stays open when AWS is out of reach', { pods: [open], ledger: [entry(1)], more: unreachable }, []],
    [
      'stays open when the pod is not selected any more',
      { pods: [podObject(1, { open: true, ...elsewhere })], ledger: [entry(1)] },
      [],
    ],
    [
      'stays open while a target that was registered again is checked',
      { pods: [open], ledger: [entry(1)], health: { 1: initial } },
      [],
    ],
    [
      'stays open, and says why, on the only pod when its target is unhealthy: LBC#1447',
      { pods: [open], ledger: [entry(1)], health: { 1: failed } },
      ['web-1 True HeldOpen'],
    ],
    [
      'stays open on the only pod when its containers are not ready',
      { pods: [podObject(1, { open: true, containersReady: false })], ledger: [entry(1)] },
      [],
    ],
    [
      'stays as it is before the ledger is read',
      { pods: [podObject(1, { open: true, containersReady: false })], ledger: 'unread' },
      [],
    ],
    [
      'closes when another target of a pod that is not ready is kept, but not its own',
      {
        pods: [podObject(1, { open: true, containersReady: false }), podObject(2), podObject(3)],
        ledger: [entry(1), entry(1, { target: { id: '10.0.0.1', port: 9090 } }), entry(2), entry(3)],
        health: { 1: 'healthy', 2: initial, 3: 'healthy' },
      },
      ['web-1 False ContainersNotReady', 'web-2 False Elb.InitialHealthChecking', 'web-3 True Healthy'],
    ],
  ])('%s', (_, world, expected) => {
    expect(gates(world)).toEqual(expected);
  });
});

describe('LBC#1275: by the policy latch, an open gate', () => {
  const settings = { gatePolicy: 'latch' } as const;
  const pods = [1, 2, 3].map((n) => podObject(n, { open: true }));
  const ledger = [1, 2, 3].map((n) => entry(n));

  it('stays open when its target is unhealthy', () => {
    expect(gates({ pods, ledger, health: { 1: failed, 2: failed, 3: failed }, settings })).toEqual([]);
  });

  it('stays open when its containers are not ready', () => {
    const failing = [podObject(1, { open: true, containersReady: false }), ...pods.slice(1)];
    const health = { 1: 'healthy', 2: 'healthy', 3: 'healthy' } as const;
    expect(gates({ pods: failing, ledger, health, settings })).toEqual([]);
  });

  it('opens only on health, as any other', () => {
    const world = { pods: [podObject(1)], ledger: [entry(1)], settings };
    expect(gates({ ...world, health: { 1: failed } })).toEqual(['web-1 False Target.FailedHealthChecks']);
    expect(gates({ ...world, health: { 1: 'healthy' } })).toEqual(['web-1 True Healthy']);
  });
});
