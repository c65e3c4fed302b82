import { describe, expect, it } from '@jest/globals';
import type { Removal } from './action.ts';
import { entry, inputOf, podObject, type World } from './fixtures.ts';
import { planRemovals } from './removals.ts';
import { candidatesOf } from './successor.ts';

function removals(world: World): Record<string, string[]> {
  const input = inputOf(world);
  const { now, held, handedOver, unconfirmed } = planRemovals(input, candidatesOf(input));
  const name = ({ subject, cause }: Removal): string => `${subject?.name ?? 'nobody'} ${cause}`;
  const planned = {
    now: now.map(name),
    held: held.map(name),
    handedOver: handedOver.map(({ subject }) => subject.name),
    unconfirmed: unconfirmed.map(({ subject }) => subject.name),
  };
  return Object.fromEntries(Object.entries(planned).filter(([, list]) => list.length > 0));
}

const notReady = podObject(1, { containersReady: false });
const sharing = { siblings: { known: true, ledgers: [new Map([['10.0.0.1:8080', entry(1)]])] } };
const unknown = { siblings: { known: false, ledgers: [] } };

describe('a target', () => {
  it.each<[string, World, Record<string, string[]>]>([
    ['that stays is in no list', { pods: [podObject(1)], ledger: [entry(1)] }, {}],
    ['that leaves at once is removed now', { ledger: [entry(1)] }, { now: ['web-1 pod-gone'] }],
    [
      'is removed now though its registration is not known to have succeeded',
      { ledger: [entry(1, { registeredAt: undefined })] },
      { now: ['web-1 pod-gone'] },
    ],
    [
      'that may have to wait is held',
      { pods: [notReady], ledger: [entry(1)] },
      { held: ['web-1 not-ready'] },
    ],
    [
      'whose subject vanished unseen is confirmed first: a list may come back short (LBC#3711)',
      { ledger: [entry(1), entry(2)], more: { ended: new Set() } },
      { unconfirmed: ['web-1', 'web-2'] },
    ],
    [
      'with a call under way is left alone',
      { ledger: [entry(1)], more: { busy: new Set(['10.0.0.1:8080']) } },
      {},
    ],
    [
      'that a sibling has for the same subject is handed over, not removed (LBC#4880)',
      { pods: [notReady], ledger: [entry(1)], more: sharing },
      { handedOver: ['web-1'] },
    ],
    [
      'that a call of ours may still register is not handed over before that',
      {
        pods: [notReady],
        ledger: [entry(1, { registeredAt: undefined })],
        more: { ...sharing, landing: new Set(['10.0.0.1:8080']) },
      },
      {},
    ],
    [
      'that a sibling is about to register is left to neither before it has',
      {
        pods: [notReady],
        ledger: [entry(1)],
        more: {
          siblings: {
            known: true,
            ledgers: [new Map([['10.0.0.1:8080', entry(1, { registeredAt: undefined })]])],
          },
        },
      },
      {},
    ],
    [
      'whose pod terminates is removed though a sibling has it too',
      { pods: [podObject(1, { terminating: true })], ledger: [entry(1)], more: sharing },
      { now: ['web-1 pod-terminating'] },
    ],
    [
      'whose pod terminates is removed though the siblings are not known',
      { pods: [podObject(1, { terminating: true })], ledger: [entry(1)], more: unknown },
      { now: ['web-1 pod-terminating'] },
    ],
    [
      'that stays is not handed over though a sibling has it',
      { pods: [podObject(1)], ledger: [entry(1)], more: sharing },
      {},
    ],
  ])('%s', (_, world, expected) => {
    expect(removals(world)).toEqual(expected);
  });
});

it('what leaves at once is removed before what had to wait', () => {
  const pods = [notReady, podObject(2, { terminating: true }), podObject(3), podObject(4)];
  const ledger = [1, 2, 3, 4].map((n) => entry(n));
  const health = { 1: 'healthy', 3: 'healthy', 4: 'healthy' } as const;
  expect(removals({ pods, ledger, health })).toEqual({ now: ['web-2 pod-terminating', 'web-1 not-ready'] });
});
