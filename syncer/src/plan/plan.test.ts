import { describe, expect, it } from '@jest/globals';
import { entry, failing, inputOf, now, podObject, type World } from './fixtures.ts';
import { plan } from './plan.ts';

const kinds = (world: World): string[] => plan(inputOf(world)).actions.map(({ kind }) => kind);

/** A round in which something of each kind is due. */
const busy: World = {
  pods: [
    podObject(1, { terminating: true }),
    podObject(2),
    podObject(3),
    podObject(4, { labels: { app: 'elsewhere' }, open: true }),
  ],
  ledger: [1, 3, 4, 5].map((n) => entry(n)),
  health: { 3: 'healthy', 4: 'healthy' },
  more: {
    ended: new Set(),
    siblings: { known: true, ledgers: [new Map([['10.0.0.4:8080', entry(4)]])] },
  },
};

describe('a round', () => {
  it('does first what costs requests when it is late', () => {
    expect(kinds(busy)).toEqual(['deregister', 'hand-over', 'confirm', 'register', 'set-condition']);
  });

  it('makes one call for all removals: those of ours, stale ones and foreign ones', () => {
    const world: World = {
      pods: [podObject(1, { terminating: true }), podObject(2, { open: true })],
      ledger: [entry(1), entry(2)],
      health: { 1: 'healthy', 2: 'healthy', 9: 'healthy' },
      settings: { foreignTargets: 'remove' },
    };
    expect(plan(inputOf(world)).actions).toContainEqual({
      kind: 'deregister',
      removals: [
        expect.objectContaining({ cause: 'pod-terminating' }),
        expect.objectContaining({ cause: 'foreign', subject: undefined }),
      ],
    });
    const stale: World = { pods: [podObject(1)], health: { 1: 'healthy' } };
    expect(plan(inputOf(stale)).actions).toEqual([
      { kind: 'deregister', removals: [expect.objectContaining({ cause: 'stale' })] },
    ]);
  });

  it('has nothing to do for what is in step', () => {
    const pods = [
      podObject(1, {
        open: { status: 'True', reason: 'Healthy', message: 'target 10.0.0.1:8080 is healthy' },
      }),
    ];
    expect(kinds({ pods, ledger: [entry(1)], health: { 1: 'healthy' } })).toEqual([]);
  });

  it('says why it holds what it holds', () => {
    expect(plan(inputOf({ pods: [failing(1)], ledger: [entry(1)] })).held).toEqual([
      expect.objectContaining({ cause: 'not-ready', until: 'enough others of the binding are registered' }),
    ]);
  });

  it('touches no target before the ledger is read', () => {
    const unread = plan(inputOf({ ...busy, ledger: 'unread' }));
    expect(unread.actions).toEqual([]);
    expect(unread.lookAt).toBeUndefined();
  });

  it('comes again when the first of its times is up', () => {
    const held = podObject(2, { labels: { app: 'elsewhere' } });
    const waiting = podObject(1, { readyAt: now - 1_000 });
    const trouble = { reason: 'Unreachable', message: 'no' };
    const again = (world: World): number | undefined => plan(inputOf(world)).againAt;
    expect(again({ pods: [held], ledger: [entry(2)] })).toBe(now + 600_000);
    expect(again({ pods: [waiting, held], ledger: [entry(2)], more: { trouble } })).toBe(now + 299_000);
    expect(again({ pods: [waiting] })).toBeUndefined();
  });
});
