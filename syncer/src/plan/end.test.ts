import { describe, expect, it } from '@jest/globals';
import { earlier, entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { plan } from './plan.ts';

const deletedAgo = (ms: number): NonNullable<World['binding']> => ({
  metadata: { finalizers: ['elbv2.k8s.aws/resources'], deletionTimestamp: new Date(now - ms).toISOString() },
});

const ending = (world: World) => plan(inputOf({ binding: deletedAgo(1_000), ...world }));

const actions = (world: World): string[] =>
  ending(world).actions.map((action) => {
    switch (action.kind) {
      case 'deregister':
        return `deregister ${action.removals.map(({ subject, cause }) => `${subject?.name} ${cause}`).join()}`;
      case 'set-condition':
        return `${action.pod.name} ${action.condition.status} ${action.condition.reason}`;
      case 'hand-over':
        return `hand over ${action.entries.map(({ subject }) => subject.name).join()}`;
      case 'release':
        return `release leaving ${action.abandoned.length}`;
      case 'register':
      case 'confirm':
        return action.kind;
    }
  });

const trouble = (reason: string) => ({ trouble: { reason, message: 'no' } });
const denied = trouble('AccessDenied');
const sibling = (...entries: readonly ReturnType<typeof entry>[]) => ({
  siblings: { known: true, ledgers: [new Map(entries.map((one) => [`${one.target.id}:8080`, one]))] },
});
const unknown = { siblings: { known: false, ledgers: [] } };
const unconfirmed = entry(1, { registeredAt: undefined });

describe('a binding that is being deleted', () => {
  it.each<[string, World, string[]]>([
    [
      'deregisters all that is ours',
      { pods: [podObject(1, { open: true })], ledger: [entry(1), entry(2)] },
      ['deregister web-1 binding-deleted,web-2 binding-deleted'],
    ],
    [
      'opens the gates that it leaves: LBC#2393',
      { pods: [podObject(1)], ledger: [] },
      ['web-1 True BindingDeleted'],
    ],
    [
      'leaves the gates of pods that end, and open ones, as they are',
      {
        pods: [
          podObject(1, { terminating: true }),
          podObject(2, { finished: true }),
          podObject(3, { gated: false }),
          podObject(4, { open: true }),
        ],
      },
      ['release leaving 0'],
    ],
    [
      'is released when its targets and gates are done',
      { pods: [podObject(1, { open: true })], ledger: [] },
      ['release leaving 0'],
    ],
    [
      'waits for a call that is under way',
      { ledger: [entry(1)], more: { busy: new Set(['10.0.0.1:8080']) } },
      [],
    ],
    ['waits for its ledger to be read', { ledger: 'unread' }, []],
    [
      'is not released twice',
      {
        binding: {
          metadata: { finalizers: ['example.com/other'], deletionTimestamp: new Date(now).toISOString() },
        },
        ledger: [],
      },
      [],
    ],
  ])('%s', (_, world, expected) => {
    expect(actions(world)).toEqual(expected);
  });

  it('registers nothing, and needs no look', () => {
    const planned = ending({ pods: [podObject(1)], ledger: [] });
    expect(planned.actions.filter(({ kind }) => kind === 'register')).toEqual([]);
    expect(planned.lookAt).toBeUndefined();
  });
});

describe('LBC#2341: a deletion that AWS holds up', () => {
  it.each<[string, World, string[]]>([
    [
      'ends when the target group is gone: nothing is left behind',
      { ledger: [entry(1)], more: trouble('TargetGroupNotFound') },
      ['deregister web-1 binding-deleted', 'release leaving 0'],
    ],
    [
      'ends when what the binding names is no target group and nothing of ours was ever there',
      { ledger: [unconfirmed], more: trouble('ValidationError') },
      ['deregister web-1 binding-deleted', 'release leaving 0'],
    ],
    [
      'goes on when targets of ours were there: the group is one',
      { ledger: [entry(1)], more: trouble('ValidationError') },
      ['deregister web-1 binding-deleted'],
    ],
    [
      'goes on under two minutes',
      { binding: deletedAgo(119_999), ledger: [entry(1)], more: denied },
      ['deregister web-1 binding-deleted'],
    ],
    [
      'ends after two minutes, naming what is left behind',
      { binding: deletedAgo(120_000), ledger: [entry(1)], more: denied },
      ['deregister web-1 binding-deleted', 'release leaving 1'],
    ],
    [
      'ends after two minutes though the ledger could not be read',
      { binding: deletedAgo(120_000), ledger: 'unread', more: denied },
      ['release leaving 0'],
    ],
    [
      'goes on after two minutes without a trouble: it is under way',
      { binding: deletedAgo(120_000), ledger: [entry(1)] },
      ['deregister web-1 binding-deleted'],
    ],
  ])('%s', (_, world, expected) => {
    expect(actions(world)).toEqual(expected);
  });

  it('is planned again when the two minutes are over', () => {
    expect(ending({ ledger: [entry(1)], more: denied }).againAt).toBe(now + 119_000);
    expect(ending({ binding: deletedAgo(120_000), ledger: [entry(1)] }).againAt).toBeUndefined();
    expect(ending({ ledger: [] }).againAt).toBeUndefined();
  });

  it('has two minutes from when this program saw it first, not from when it was asked for', () => {
    const world: World = { binding: deletedAgo(600_000), ledger: [entry(1)] };
    expect(actions({ ...world, more: { ...denied, endingSince: now } })).toEqual([
      'deregister web-1 binding-deleted',
    ]);
    expect(actions({ ...world, more: { ...denied, endingSince: undefined } })).toEqual([
      'deregister web-1 binding-deleted',
    ]);
  });
});

describe('LBC#4880: deleting one binding of a target group', () => {
  it.each<[string, World, string[]]>([
    [
      'hands over what another one has registered for the same pods',
      { ledger: [entry(1), entry(2)], more: sibling(entry(1)) },
      ['deregister web-2 binding-deleted', 'hand over web-1'],
    ],
    [
      'waits for what another one is about to register',
      { ledger: [entry(1)], more: sibling(unconfirmed) },
      [],
    ],
    [
      'hands that over as well after two minutes',
      { binding: deletedAgo(120_000), ledger: [entry(1)], more: sibling(unconfirmed) },
      ['hand over web-1'],
    ],
    [
      'removes what another one has for other pods: it registers them anew',
      { ledger: [entry(1)], more: sibling(entry(1, { subject: earlier })) },
      ['deregister web-1 binding-deleted'],
    ],
    [
      'removes nothing while it is not known what the others have',
      { pods: [podObject(1)], ledger: [entry(1)], more: unknown },
      ['web-1 True BindingDeleted'],
    ],
    [
      'waits for that under two minutes, and then leaves its targets to them',
      { binding: deletedAgo(120_000), ledger: [entry(1)], more: unknown },
      ['release leaving 1'],
    ],
  ])('%s', (_, world, expected) => {
    expect(actions(world)).toEqual(expected);
  });
});
