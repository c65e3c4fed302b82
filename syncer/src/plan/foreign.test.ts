import { describe, expect, it } from '@jest/globals';
import {
  endpoint,
  endpointEntry,
  entry,
  inputOf,
  nodeEntry,
  nodeObject,
  podObject,
  type World,
} from './fixtures.ts';
import { foreignTargets, planForeign } from './foreign.ts';

const siblings = (known: boolean, ...entries: readonly ReturnType<typeof entry>[]) => ({
  siblings: { known, ledgers: [new Map(entries.map((one) => [`${one.target.id}:8080`, one]))] },
});

describe('LBC#2173: a target of the group is foreign', () => {
  const ours = { pods: [podObject(1)], ledger: [entry(1)] };
  it.each<[string, World, string[]]>([
    [
      'when nobody here has registered it',
      { ...ours, health: { 1: 'healthy', 9: 'healthy' } },
      ['10.0.0.9:8080'],
    ],
    ['but not when it is ours', { ...ours, health: { 1: 'healthy' } }, []],
    ['but not when it is about to be ours', { pods: [podObject(9)], health: { 9: 'healthy' } }, []],
    ['but not when it drains', { ...ours, health: { 9: 'draining' } }, []],
    [
      'but not when a call for it is under way',
      { ...ours, health: { 9: 'healthy' }, more: { busy: new Set(['10.0.0.9:8080']) } },
      [],
    ],
    [
      'but not when a sibling has it, for whatever subject',
      { ...ours, health: { 9: 'healthy' }, more: siblings(true, entry(9)) },
      [],
    ],
    [
      'but not while it is not known what the siblings have',
      { ...ours, health: { 9: 'healthy' }, more: siblings(false) },
      [],
    ],
    ['but not before the ledger is read', { ledger: 'unread', health: { 9: 'healthy' } }, []],
    ['but not before the first look', { ...ours, health: 'never looked' }, []],
  ])('%s', (_, world, expected) => {
    expect(foreignTargets(inputOf(world))).toEqual(expected);
  });
});

describe('LBC#2173: foreign targets', () => {
  const removed = (world: World): string[] =>
    planForeign(inputOf({ settings: { foreignTargets: 'remove' }, ...world })).map(
      ({ target, cause }) => `${target.id} ${cause}`,
    );
  const health = { 1: 'healthy', 9: 'healthy' } as const;

  it.each<[string, World, string[]]>([
    ['are kept by default', { pods: [podObject(1)], ledger: [entry(1)], health, settings: {} }, []],
    [
      'leave, where the binding says so, when every pod is healthy',
      { pods: [podObject(1)], ledger: [entry(1)], health },
      ['10.0.0.9 foreign'],
    ],
    [
      'leave when every node is healthy',
      { nodes: [nodeObject(1)], ledger: [nodeEntry(1)], health },
      ['i-9 foreign'],
    ],
    [
      'leave when every endpoint is healthy',
      { endpoints: [endpoint(1)], ledger: [endpointEntry(1)], health },
      ['10.0.0.9 foreign'],
    ],
    [
      'stay while one pod is not healthy',
      {
        pods: [podObject(1), podObject(2)],
        ledger: [entry(1), entry(2)],
        health: { ...health, 2: 'initial' },
      },
      [],
    ],
    [
      'stay while one pod is not ready, whatever ELB says of it',
      {
        pods: [podObject(1), podObject(2, { containersReady: false })],
        ledger: [entry(1), entry(2)],
        health: { ...health, 2: 'healthy' },
      },
      [],
    ],
    ['stay while the binding has no pods', { health }, []],
    [
      'stay while its service is missing',
      { pods: [podObject(1)], ledger: [entry(1)], health, service: 'missing' },
      [],
    ],
  ])('%s', (_, world, expected) => {
    expect(removed(world)).toEqual(expected);
  });
});
