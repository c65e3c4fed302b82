import { describe, expect, it } from '@jest/globals';
import {
  earlier,
  endpoint,
  endpointEntry,
  entry,
  inputOf,
  nodeEntry,
  nodeObject,
  podObject,
  type World,
} from './fixtures.ts';
import { planRegistrations } from './registrations.ts';
import { candidatesOf } from './successor.ts';

const planned = (world: World) => {
  const input = inputOf(world);
  return planRegistrations(input, candidatesOf(input));
};
const registered = (world: World): string[] => planned(world).register.map(({ subject }) => subject.name);
const renewed = (world: World): string[] => planned(world).renew.map(({ subject }) => subject?.name ?? '');

/** Another binding of the group, which has these. */
const sibling = (...entries: readonly ReturnType<typeof entry>[]) => ({
  siblings: { known: true, ledgers: [new Map(entries.map((one) => [`${one.target.id}:8080`, one]))] },
});
const unknown = { siblings: { known: false, ledgers: [] } };

describe('a target is registered', () => {
  it.each<[string, World]>([
    ['when its gated pod has its containers ready', { pods: [podObject(1)] }],
    ['when its ungated pod is ready', { pods: [podObject(1, { gated: false, ready: true })] }],
    ['when every gate of other owners is open', { pods: [podObject(1, { othersGate: true })] }],
    [
      'again when its registration is not known to have succeeded',
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: undefined })] },
    ],
    ['again when ELB does not have it any more', { pods: [podObject(1)], ledger: [entry(1)], health: {} }],
    [
      'again when somebody else is draining it',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'draining' } },
    ],
    [
      'again when it drains for its ill health',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'unhealthy.draining' } },
    ],
    [
      'before the first look when its pod serves already',
      { pods: [podObject(1, { open: true })], health: 'never looked' },
    ],
    [
      'before the first look when its pod has no gate',
      { pods: [podObject(1, { gated: false, ready: true })], health: 'never looked' },
    ],
    [
      'though it is healthy and not ours when its pod serves already: so targets are taken over',
      { pods: [podObject(1, { open: true })], health: { 1: 'healthy' } },
    ],
    [
      'though it drains after an earlier pod: registered anew, it is checked anew (LBC#4343)',
      { pods: [podObject(1)], health: { 1: 'draining' } },
    ],
    [
      'though it is healthy when a sibling has it for the same pod',
      { pods: [podObject(1)], health: { 1: 'healthy' }, more: sibling(entry(1)) },
    ],
    [
      'while the siblings are not known when ELB does not have it, or drains it: nobody goes on with it',
      { pods: [podObject(1)], health: { 1: 'draining' }, more: unknown },
    ],
    [
      'though it is there when a sibling that is known has it for the same pod',
      {
        pods: [podObject(1)],
        health: { 1: 'healthy' },
        more: { siblings: { ...sibling(entry(1)).siblings, known: false } },
      },
    ],
    [
      'when ELB refused it for an earlier pod',
      {
        pods: [podObject(1)],
        more: {
          refused: new Map([['10.0.0.1:8080', { uid: 'earlier', trouble: { reason: '', message: '' } }]]),
        },
      },
    ],
  ])('%s', (_, world) => {
    expect(registered(world)).toEqual(['web-1']);
    expect(renewed(world)).toEqual([]);
  });

  it.each<[string, World, string]>([
    ['when its node is ready', { nodes: [nodeObject(1)] }, 'node-1'],
    ['when its endpoint is ready', { endpoints: [endpoint(1)] }, '10.0.0.1'],
    [
      'for a node that was registered anew: it takes over the target of its instance',
      { nodes: [nodeObject(1, { uid: 'anew' })], ledger: [nodeEntry(1)], health: { 1: 'healthy' } },
      'node-1',
    ],
    [
      'for an endpoint that was written anew: it takes over the target of its address',
      { endpoints: [endpoint(1, { pod: 7 })], ledger: [endpointEntry(1)], health: { 1: 'healthy' } },
      '10.0.0.1',
    ],
    [
      'for a node that was registered anew though a sibling has it for the earlier one',
      {
        nodes: [nodeObject(1, { uid: 'anew' })],
        ledger: [nodeEntry(1)],
        more: { siblings: { known: true, ledgers: [new Map([['i-1:30080', nodeEntry(1)]])] } },
      },
      'node-1',
    ],
  ])('%s', (_, world, name) => {
    expect(registered(world)).toEqual([name]);
  });
});

describe('a target is not registered', () => {
  it.each<[string, World]>([
    ['while its containers are not ready', { pods: [podObject(1, { containersReady: false })] }],
    ['while its ungated pod is not ready', { pods: [podObject(1, { gated: false, ready: false })] }],
    ['while a gate of another owner is closed', { pods: [podObject(1, { othersGate: false })] }],
    ['when its pod terminates', { pods: [podObject(1, { terminating: true })] }],
    ['when its pod has finished', { pods: [podObject(1, { finished: true })] }],
    ['while its node is about to end', { nodes: [nodeObject(1, { leaving: true })] }],
    ['while its endpoint terminates', { endpoints: [endpoint(1, { terminating: true })] }],
    ['while its pod has no address', { pods: [podObject(1, { ip: undefined })] }],
    ['when it is registered already', { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'initial' } }],
    [
      'when it is registered and unhealthy',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'unhealthy' } },
    ],
    [
      'when it was registered and ELB was not asked since',
      { pods: [podObject(1)], ledger: [entry(1)], health: {}, askedAt: 0 },
    ],
    [
      'when it was registered in the millisecond in which ELB was asked',
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: 5 })], health: {}, askedAt: 5 },
    ],
    [
      'while a call for it is under way',
      { pods: [podObject(1)], more: { busy: new Set(['10.0.0.1:8080']) } },
    ],
    [
      'for a while after ELB refused it',
      {
        pods: [podObject(1)],
        more: {
          refused: new Map([['10.0.0.1:8080', { uid: 'uid-1', trouble: { reason: '', message: '' } }]]),
        },
      },
    ],
    [
      'while its address is still registered for an earlier pod (LBC#4343)',
      { pods: [podObject(1)], ledger: [entry(1, { subject: earlier })] },
    ],
    [
      'while a sibling has it for an earlier pod: it will deregister it',
      { pods: [podObject(1)], more: sibling(entry(1, { subject: earlier })) },
    ],
    ['before the first look when its gate is closed', { pods: [podObject(1)], health: 'never looked' }],
    [
      'when it is healthy and may be that of a sibling that is not known',
      { pods: [podObject(1)], health: { 1: 'healthy' }, more: unknown },
    ],
    [
      'when it is there, its pod serves, and it may be that of a sibling that is not known',
      { pods: [podObject(1, { open: true })], health: { 1: 'initial' }, more: unknown },
    ],
    [
      'before the first look while the siblings are not known, though its pod serves',
      { pods: [podObject(1, { open: true })], health: 'never looked', more: unknown },
    ],
    [
      'while a sibling that is being deleted has it for an earlier pod',
      {
        pods: [podObject(1, { open: true })],
        more: {
          siblings: {
            known: true,
            ledgers: [],
            ending: [new Map([['10.0.0.1:8080', entry(1, { subject: earlier })]])],
          },
        },
      },
    ],
    ['while its service is missing', { pods: [podObject(1)], service: 'missing' }],
  ])('%s', (_, world) => {
    expect(registered(world)).toEqual([]);
    expect(renewed(world)).toEqual([]);
  });
});

it('LBC#4343: a target left behind healthy by another pod is deregistered before it is registered', () => {
  const world: World = { pods: [podObject(1)], health: { 1: 'healthy' } };
  expect(renewed(world)).toEqual(['web-1']);
  expect(registered(world)).toEqual([]);
});

describe('a registration that is due', () => {
  it.each<[string, boolean, World]>([
    ['is given up where ELB is found to call the target healthy', true, { pods: [podObject(1)] }],
    [
      'stands, whatever ELB is found to say, where the pod serves',
      false,
      { pods: [podObject(1, { open: true })] },
    ],
    [
      'stands where a sibling has the target for the same pod',
      false,
      { pods: [podObject(1)], health: { 1: 'initial' }, more: sibling(entry(1)) },
    ],
    [
      'stands where an earlier call of ours may still bring the target back',
      false,
      {
        pods: [podObject(1)],
        ledger: [entry(1, { subject: earlier })],
        more: { unsettled: new Set(['10.0.0.1:8080']) },
      },
    ],
    [
      'stands where an earlier call of ours may be why',
      false,
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: undefined })] },
    ],
  ])('%s', (_, unlessHealthy, world) => {
    expect(planned(world).register).toEqual([expect.objectContaining({ unlessHealthy })]);
  });
});

it('all that are due are registered together, in the order of their names', () => {
  expect(registered({ pods: [podObject(3), podObject(1), podObject(2)] })).toEqual([
    'web-1',
    'web-2',
    'web-3',
  ]);
});

describe('of two pods with one address', () => {
  const pods = [podObject(1), podObject(2, { ip: '10.0.0.1' })];

  it('the first by name has the target, and the other one is told', () => {
    expect(registered({ pods })).toEqual(['web-1']);
    expect(planned({ pods }).obstacles).toEqual(
      new Map([['uid-2', { reason: 'TargetTaken', message: 'pod web-1 has the same target 10.0.0.1:8080' }]]),
    );
  });

  it('the one that has the target registered keeps it', () => {
    const ledger = [entry(1, { subject: entry(2).subject })];
    expect(registered({ pods, ledger, health: { 1: 'initial' } })).toEqual([]);
    expect([...planned({ pods, ledger }).obstacles.keys()]).toEqual(['uid-1']);
  });
});

describe('what is in the way of a registration is told', () => {
  it.each<[string, World, string]>([
    [
      'where an earlier pod keeps the target',
      {
        pods: [podObject(1), podObject(2, { ip: '10.0.0.1', labels: { app: 'elsewhere' } })],
        ledger: [entry(1, { subject: entry(2).subject })],
      },
      '10.0.0.1:8080 is registered for pod web-2, which stays',
    ],
    [
      'where a sibling has the target for another pod',
      { pods: [podObject(1)], more: sibling(entry(1, { subject: earlier })) },
      'another binding of the target group has 10.0.0.1:8080 for another subject',
    ],
    [
      'where the target may be that of a sibling',
      { pods: [podObject(1)], health: { 1: 'healthy' }, more: unknown },
      "10.0.0.1:8080 is registered already, and may be another binding's: it is found out",
    ],
  ])('%s', (_, world, message) => {
    expect(planned(world).obstacles.get('uid-1')).toEqual({ reason: 'TargetTaken', message });
  });

  it('but not where it is on its way out', () => {
    const ledger = [entry(1, { subject: earlier })];
    expect(planned({ pods: [podObject(1)], ledger }).obstacles.size).toBe(0);
    expect(planned({ pods: [podObject(1)], ledger, more: { ended: new Set() } }).obstacles.size).toBe(0);
  });
});
