import { describe, expect, it } from '@jest/globals';
import { entry, inputOf, podObject, type World } from './fixtures.ts';
import { planRegistrations } from './registrations.ts';

const registered = (world: World): string[] => planRegistrations(inputOf(world)).map(({ pod }) => pod.name);

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
  ])('%s', (_, world) => {
    expect(registered(world)).toEqual(['web-1']);
  });
});

describe('a target is not registered', () => {
  it.each<[string, World]>([
    ['while its containers are not ready', { pods: [podObject(1, { containersReady: false })] }],
    ['while its ungated pod is not ready', { pods: [podObject(1, { gated: false, ready: false })] }],
    ['while a gate of another owner is closed', { pods: [podObject(1, { othersGate: false })] }],
    ['when its pod terminates', { pods: [podObject(1, { terminating: true })] }],
    ['when its pod has finished', { pods: [podObject(1, { finished: true })] }],
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
      'while a call for it is under way',
      { pods: [podObject(1)], more: { busy: new Set(['10.0.0.1:8080']) } },
    ],
    [
      'while its address is still registered for an earlier pod',
      { pods: [podObject(1)], ledger: [entry(1, { podUid: 'earlier' })] },
    ],
    ['while its service is missing', { pods: [podObject(1)], service: 'missing' }],
  ])('%s', (_, world) => {
    expect(registered(world)).toEqual([]);
  });
});

it('all that are due are registered together, in the order of their names', () => {
  expect(registered({ pods: [podObject(3), podObject(1), podObject(2)] })).toEqual([
    'web-1',
    'web-2',
    'web-3',
  ]);
});
