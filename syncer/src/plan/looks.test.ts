import { describe, expect, it } from '@jest/globals';
import type { Action, HeldRemoval, Plan } from './action.ts';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { isLookAwaited, nextLook } from './looks.ts';

/** The next look, in milliseconds from now. */
const lookIn = (world: World): number => nextLook(inputOf(world)) - now;

const minute = 60_000;
const dayAgo = now - 86_400_000;

describe('the target group is looked at', () => {
  it.each<[string, World, number]>([
    ['at once when it never was', { pods: [podObject(1)], health: 'never looked' }, 0],
    [
      'a tenth of the time since, when the only new target has waited for longer than five minutes',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: now - 500_000 })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
      20_000,
    ],
    [
      'when a call whose answer nobody has seen has taken effect, if it ever does',
      { askedAt: now, more: { landsBy: now + 5_000 } },
      5_000,
    ],
    ['no more for a call that was over at the last look', { askedAt: now, more: { landsBy: now } }, minute],
    ['five seconds after a surprise', { askedAt: now, more: { surprisedAt: now } }, 5_000],
    [
      'after as long as it was since, after that',
      { askedAt: now, more: { surprisedAt: now - 20_000 } },
      20_000,
    ],
    ['as ever, a minute after it', { askedAt: now, more: { surprisedAt: now - minute } }, minute],
  ])('%s', (_, world, expected) => {
    expect(lookIn(world)).toBe(expected);
  });

  it.each<[string, World]>([
    [
      'LBC#1834: for five minutes from the registration of the youngest, as an NLB may take that long',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: now - 299_999 })],
        health: { 1: 'initial' },
        askedAt: now,
      },
    ],
    [
      'for a new pod beside one that never gets healthy',
      {
        pods: [podObject(1), podObject(2)],
        ledger: [entry(1, { registeredAt: dayAgo }), entry(2, { registeredAt: now - 1_000 })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
    ],
  ])('about every 0.6 s while a pod may be healthy by now, %s', (_, world) => {
    expect(lookIn(world)).toBeGreaterThanOrEqual(540);
    expect(lookIn(world)).toBeLessThanOrEqual(660);
  });

  const settled: readonly [string, World][] = [
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
  ];

  it.each(settled)('once a minute %s', (_, world) => {
    expect(lookIn(world)).toBe(minute);
  });

  it('at its own place in the minute, and never later than a minute after the last look', () => {
    const sharingQuota = { bindings: 20, busy: 0, phase: 0.25 };
    for (const [late, expected] of [
      [0, 15_000],
      [14_999, 1],
      [15_000, minute],
      [40_000, 35_000],
    ] as const) {
      const world = { askedAt: now + late, more: { sharingQuota } };
      expect(nextLook(inputOf(world)) - (now + late)).toBe(expected);
    }
  });

  it('once in 50 minutes where 3,000 groups share the quota, and sooner only in proportion after a surprise', () => {
    const sharingQuota = { bindings: 3_000, busy: 0, phase: 0 };
    expect(lookIn({ askedAt: now, more: { sharingQuota } })).toBeLessThanOrEqual(50 * minute);
    const next = nextLook(inputOf({ askedAt: now, more: { sharingQuota } }));
    expect(nextLook(inputOf({ askedAt: next, more: { sharingQuota } }))).toBe(next + 50 * minute);
    const surprised = { sharingQuota, surprisedAt: next };
    expect(nextLook(inputOf({ askedAt: next, more: surprised }))).toBe(next + 250_000);
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
