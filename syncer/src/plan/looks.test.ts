import { describe, expect, it } from '@jest/globals';
import type { Action, HeldRemoval, Plan } from './action.ts';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { isLookAwaited, nextLook, spreadOf } from './looks.ts';

/** The next look, in milliseconds from now. */
const lookIn = (world: World): number => nextLook(inputOf(world)) - now;

const dayAgo = now - 86_400_000;

describe('the target group is looked at', () => {
  it.each<[string, World, number]>([
    ['at once when it never was', { pods: [podObject(1)], health: 'never looked' }, 0],
    [
      'a second after the registration',
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: now })] },
      1_000,
    ],
    [
      'a second after the last look while a pod waits',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'initial' }, askedAt: now - 300 },
      700,
    ],
    [
      'LBC#1834: every second until the youngest has waited for five minutes, as it may for an NLB',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: now - 300_000 })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
      1_000,
    ],
    [
      'a tenth of the time since, after that',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: now - 500_000 })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
      20_000,
    ],
    [
      'every second for a new pod beside one that never gets healthy',
      {
        pods: [podObject(1), podObject(2)],
        ledger: [entry(1, { registeredAt: dayAgo }), entry(2, { registeredAt: now })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
      1_000,
    ],
  ])('%s', (_, world, expected) => {
    expect(lookIn(world)).toBe(expected);
  });

  it.each<[string, World]>([
    [
      'when all is healthy',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'healthy' }, askedAt: now },
    ],
    ['when nothing of ours is in it: foreign targets are counted', { askedAt: now }],
    [
      'while a call is under way, which ends in a look of its own',
      {
        pods: [podObject(1)],
        ledger: [entry(1)],
        askedAt: now,
        more: { busy: new Set(['10.0.0.1:8080']) },
      },
    ],
    [
      'while a target is not registered yet',
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: undefined })], askedAt: now },
    ],
    [
      'when a target never gets healthy',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: dayAgo })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
    ],
    [
      'when the only unhealthy target is not wanted',
      {
        pods: [podObject(1, { containersReady: false })],
        ledger: [entry(1)],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
    ],
  ])('about once a minute %s', (_, world) => {
    expect(lookIn(world)).toBeGreaterThanOrEqual(54_000);
    expect(lookIn(world)).toBeLessThanOrEqual(66_000);
  });

  it('about once in 50 minutes where 3,000 groups share the quota', () => {
    const world = { askedAt: now, more: { sharingQuota: 3_000 } };
    expect(lookIn(world)).toBeGreaterThanOrEqual(2_700_000);
    expect(lookIn(world)).toBeLessThanOrEqual(3_300_000);
  });
});

describe('somebody waits for the look', () => {
  const serving: World = { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'healthy' } };
  const { target, subject } = entry(2);
  const held: HeldRemoval = { target, subject, cause: 'not-selected', until: 'its replacement is healthy' };

  const first: World = { ...serving, pods: [podObject(1, { open: true })], health: 'never looked' };
  const removing: readonly Action[] = [
    { kind: 'deregister', removals: [{ target, subject, cause: 'pod-terminating' }] },
  ];
  const unhealthyFor = (ms: number): World => ({
    ...serving,
    ledger: [entry(1, { registeredAt: now - ms })],
    health: { 1: 'unhealthy' },
  });

  it.each<[string, World, Partial<Pick<Plan, 'actions' | 'held'>>, boolean]>([
    ['the first one, where a pod is not registered', { ...first, ledger: [] }, {}, true],
    ['the first one, where a gate is closed', { ...first, pods: [podObject(1)] }, {}, true],
    ['the first one, where a removal is due', first, { actions: removing }, true],
    ['not the first one where nothing has changed since the last syncer', first, {}, false],
    ['not the first one of a group with no pods', { health: 'never looked' }, {}, false],
    ['while a target is not healthy', unhealthyFor(299_999), {}, true],
    ['not while a target has not been healthy for five minutes', unhealthyFor(300_000), {}, false],
    ['while a removal is held', serving, { held: [held] }, true],
    ['not where all are healthy', serving, {}, false],
    ['not where there are none', {}, {}, false],
  ])('%s', (_, world, planned, expected) => {
    expect(isLookAwaited(inputOf(world), { actions: [], held: [], ...planned })).toBe(expected);
  });
});

it('a name is spread evenly, and always to the same place', () => {
  const spread = Array.from({ length: 1_000 }, (_, n) => spreadOf(`binding-${n}`));
  for (const [from, to] of [
    [0, 0.25],
    [0.25, 0.5],
    [0.5, 0.75],
    [0.75, 1],
  ] as const) {
    const count = spread.filter((at) => at >= from && at < to).length;
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(350);
  }
  expect(spreadOf('binding-1')).toBe(spreadOf('binding-1'));
});
