import { describe, expect, it } from '@jest/globals';
import {
  entry,
  failed,
  gates,
  initial,
  inputOf,
  now,
  podObject,
  unreachable,
  type World,
} from './fixtures.ts';
import { plan } from './index.ts';

describe('a gate that AWS leaves without an answer', () => {
  const readyAgo = (ms: number, open?: boolean): World => ({
    pods: [podObject(1, { readyAt: now - ms, ...(open !== undefined && { open }) })],
    ledger: [entry(1)],
  });
  const deadline = 300_000;

  it.each(['Unreachable', 'Throttled', 'AccessDenied', 'AwsError'])(
    'opens five minutes after the containers were ready: %s',
    (reason) => {
      const more = { trouble: { reason, message: 'no' } };
      expect(gates({ ...readyAgo(deadline), health: 'never looked', more })).toEqual([
        `web-1 True FailOpen${reason}`,
      ]);
    },
  );

  it.each<[string, World, string[]]>([
    [
      'waits until then',
      { ...readyAgo(deadline - 1), health: 'never looked', more: unreachable },
      ['web-1 False Unreachable'],
    ],
    [
      'opens before the ledger is read, too',
      { ...readyAgo(deadline), ledger: 'unread', more: unreachable },
      ['web-1 True FailOpenUnreachable'],
    ],
    [
      'waits when the time at which its containers were ready is not known',
      { pods: [podObject(1)], health: 'never looked', more: unreachable },
      ['web-1 False Unreachable'],
    ],
    [
      'waits when the trouble is younger: nobody had asked before',
      {
        ...readyAgo(10 * deadline),
        health: 'never looked',
        more: { ...unreachable, troubleSince: now - deadline + 1 },
      },
      ['web-1 False Unreachable'],
    ],
    [
      'waits while its containers are not ready, although they were long ago',
      {
        pods: [podObject(1, { readyAt: now - deadline, containersReady: false })],
        ledger: [entry(1)],
        more: unreachable,
      },
      [],
    ],
    [
      'opens when AWS does not even say what the targets are',
      {
        ...readyAgo(deadline),
        binding: { spec: { targetType: undefined } },
        health: 'never looked',
        more: unreachable,
      },
      ['web-1 True FailOpenUnreachable'],
    ],
    [
      'waits for ever when so chosen',
      {
        ...readyAgo(10 * deadline),
        health: 'never looked',
        more: { ...unreachable, policy: { ...inputOf({}).policy, failOpenAfterMs: undefined } },
      },
      ['web-1 False Unreachable'],
    ],
    [
      'waits when the mistake is in the binding',
      { ...readyAgo(deadline), more: { trouble: { reason: 'TargetGroupNotFound', message: 'no' } } },
      ['web-1 False TargetGroupNotFound'],
    ],
    [
      'waits without a trouble, however long',
      { ...readyAgo(10 * deadline), health: { 1: initial } },
      ['web-1 False Elb.InitialHealthChecking'],
    ],
    [
      'waits when AWS answered of late: the time counts from its last answer',
      { ...readyAgo(deadline), health: { 1: initial }, more: unreachable },
      ['web-1 False Elb.InitialHealthChecking'],
    ],
    [
      'opens when its last answer is as old',
      {
        ...readyAgo(2 * deadline),
        ledger: [entry(1, { registeredAt: now - 2 * deadline })],
        health: { 1: initial },
        askedAt: now - deadline,
        more: unreachable,
      },
      ['web-1 True FailOpenUnreachable'],
    ],
    [
      'does not open when the last answer was that the target is unhealthy',
      {
        ...readyAgo(2 * deadline),
        ledger: [entry(1, { registeredAt: now - 2 * deadline })],
        health: { 1: failed },
        askedAt: now - deadline,
        more: unreachable,
      },
      ['web-1 False Target.FailedHealthChecks'],
    ],
  ])('%s', (_, world, expected) => {
    expect(gates(world)).toEqual(expected);
  });

  describe('while something else is in the way, too', () => {
    const full = { trouble: { reason: 'TooManyTargets', message: 'full' } };
    const lookTrouble = { reason: 'Throttled', message: 'no', since: 0 };
    const silentLooks = { more: { ...full, lookTrouble } };
    it.each<[string, World, string[]]>([
      [
        'opens where its target is registered, and looks are silent',
        { ...readyAgo(deadline), health: 'never looked', ...silentLooks },
        ['web-1 True FailOpenThrottled'],
      ],
      [
        'waits until looks have been silent for five minutes',
        {
          ...readyAgo(2 * deadline),
          health: 'never looked',
          more: { ...full, lookTrouble: { ...lookTrouble, since: now - deadline + 1 } },
        },
        ['web-1 False TooManyTargets'],
      ],
      [
        'waits where its target is not registered: AWS has answered that there is no room for it',
        { ...readyAgo(10 * deadline), ledger: [], ...silentLooks },
        ['web-1 False TooManyTargets'],
      ],
      [
        'waits where its target is registered, and looks are answered',
        {
          ...readyAgo(10 * deadline),
          health: 'never looked',
          more: { ...unreachable, lookTrouble: undefined },
        },
        ['web-1 False Unreachable'],
      ],
      [
        'opens where looks are answered, but what they find missing cannot be registered',
        { ...readyAgo(deadline), more: { ...unreachable, lookTrouble: undefined } },
        ['web-1 True FailOpenUnreachable'],
      ],
    ])('%s', (_, world, expected) => {
      expect(gates(world)).toEqual(expected);
    });

    it('is planned again when looks will have been silent for so long', () => {
      const world: World = { ...readyAgo(1_000), health: 'never looked', ...silentLooks };
      expect(plan(inputOf(world)).againAt).toBe(now - 1_000 + deadline);
    });
  });

  describe('while it is not known what the targets of the binding are', () => {
    const binding = { spec: { targetType: undefined } };
    it.each<[string, World, string[]]>([
      [
        'opens after five minutes',
        { ...readyAgo(deadline), binding, more: unreachable },
        ['web-1 True FailOpenUnreachable'],
      ],
      [
        'says until then what the trouble is',
        { ...readyAgo(deadline - 1), binding, more: unreachable },
        ['web-1 False Unreachable'],
      ],
      [
        'waits while the containers are not ready, however long that is',
        {
          pods: [podObject(1, { containersReady: false, readyAt: now - 10 * deadline })],
          binding,
          more: unreachable,
        },
        ['web-1 False Unreachable'],
      ],
    ])('%s', (_, world, expected) => {
      expect(gates(world)).toEqual(expected);
    });
  });

  it('waits when it is the cluster that lacks something, whatever AWS says', () => {
    const world: World = { ...readyAgo(deadline), service: 'missing', more: unreachable };
    expect(gates(world)).toEqual(['web-1 False ServiceNotFound']);
  });

  it('is planned again at that time', () => {
    const world: World = { ...readyAgo(1_000), health: 'never looked', more: unreachable };
    expect(plan(inputOf(world)).againAt).toBe(now - 1_000 + deadline);
    expect(plan(inputOf({ ...world, ledger: 'unread' })).againAt).toBe(now - 1_000 + deadline);
    expect(plan(inputOf({ ...world, more: {} })).againAt).toBeUndefined();
    expect(
      plan(inputOf({ ...readyAgo(1_000, true), health: 'never looked', more: unreachable })).againAt,
    ).toBeUndefined();
  });

  it('is not planned again for its own sake when the time is up, or while its containers are not ready', () => {
    const late: World = { ...readyAgo(deadline), health: 'never looked', more: unreachable };
    expect(plan(inputOf(late)).againAt).toBeUndefined();
    const starting = [podObject(1, { containersReady: false, othersGate: false, readyAt: now - 1_000 })];
    expect(plan(inputOf({ ...late, pods: starting })).againAt).toBeUndefined();
    const waiting = [podObject(1, { othersGate: false, readyAt: now - 1_000 })];
    expect(plan(inputOf({ ...late, pods: waiting })).againAt).toBeUndefined();
  });
});
