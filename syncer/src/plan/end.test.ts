import { describe, expect, it } from '@jest/globals';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { plan } from './plan.ts';

const deletedAgo = (ms: number): NonNullable<World['binding']> => ({
  metadata: { finalizers: ['elbv2.k8s.aws/resources'], deletionTimestamp: new Date(now - ms).toISOString() },
});

const actions = (world: World): string[] =>
  plan(inputOf({ binding: deletedAgo(1_000), ...world })).actions.map((action) => {
    switch (action.kind) {
      case 'deregister':
        return `deregister ${action.removals.map(({ entry }) => entry.podName).join()}`;
      case 'set-condition':
        return `${action.pod.name} ${action.condition.status} ${action.condition.reason}`;
      case 'release':
        return `release leaving ${action.abandoned.length}`;
      case 'register':
      case 'hand-over':
        return action.kind;
    }
  });

const denied = { trouble: { reason: 'AccessDenied', message: 'no' } };

describe('a binding that is being deleted', () => {
  it.each<[string, World, string[]]>([
    [
      'deregisters all that is ours',
      { pods: [podObject(1, { open: true })], ledger: [entry(1), entry(2)] },
      ['deregister web-1,web-2'],
    ],
    ['opens the gates that it leaves', { pods: [podObject(1)], ledger: [] }, ['web-1 True BindingDeleted']],
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
      'is released when its target group is gone',
      { ledger: [entry(1)], more: { trouble: { reason: 'TargetGroupNotFound', message: '' } } },
      ['deregister web-1', 'release leaving 0'],
    ],
    ['tries again when AWS refuses', { ledger: [entry(1)], more: denied }, ['deregister web-1']],
    [
      'is released after two minutes of refusals, naming what it leaves',
      { binding: deletedAgo(120_000), ledger: [entry(1)], more: denied },
      ['deregister web-1', 'release leaving 1'],
    ],
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
});
