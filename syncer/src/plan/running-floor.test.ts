import { describe, expect, it } from '@jest/globals';
import {
  endpoint,
  endpointEntry,
  entry,
  failing,
  gone,
  health,
  held,
  nodeEntry,
  nodeObject,
  now,
  numbers,
  podObject,
  removalsOf,
} from './fixtures.ts';

describe('LBC#1447: pods whose containers stop being ready', () => {
  const ledger = numbers(1, 4).map((n) => entry(n));
  const all = health(numbers(1, 4));

  it('leave while the others are half of the binding or more', () => {
    const pods = [failing(1), failing(2), podObject(3), podObject(4)];
    expect(gone({ pods, ledger, health: all })).toEqual(['web-1', 'web-2']);
  });

  it('stay below the floor, and say so', () => {
    const pods = [failing(1), failing(2), failing(3), podObject(4)];
    expect(gone({ pods, ledger, health: all })).toHaveLength(2);
    expect(removalsOf({ pods, ledger, health: all }).held).toEqual([
      expect.objectContaining({ cause: 'not-ready', until: 'enough others of the binding are registered' }),
    ]);
  });

  it('stay at a floor of an odd number: half is rounded up', () => {
    const pods = [failing(1), failing(2), podObject(3)];
    expect(gone({ pods, ledger: ledger.slice(0, 3), health: all })).toEqual(['web-1']);
  });

  it('stay while it is not known that ELB has enough others', () => {
    const pods = [failing(1), podObject(2), podObject(3), podObject(4)];
    const unseen = [entry(1), entry(2), entry(3, { registeredAt: undefined }), entry(4)];
    const draining = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'draining' } as const;
    expect(held({ pods, ledger: unseen, health: draining })).toEqual(['web-1']);
    expect(held({ pods, ledger, health: 'never looked' })).toEqual(['web-1']);
    expect(held({ pods, ledger, health: all, askedAt: now - 20_000 })).toEqual(['web-1']);
  });

  it('do not slide below the floor round by round', () => {
    const pods = numbers(1, 4).map(failing);
    expect(held({ pods, ledger: [entry(3), entry(4)], health: all })).toEqual(['web-3', 'web-4']);
  });

  it('stay where one is the only target', () => {
    expect(held({ pods: [failing(1)], ledger: [entry(1)], health: all })).toEqual(['web-1']);
  });

  it('leave when the answer to their first removal was lost: nobody counts on them', () => {
    const pods = [failing(1), podObject(2)];
    const doubtful = [entry(1, { registeredAt: undefined }), entry(2)];
    expect(gone({ pods, ledger: doubtful, health: health([1, 2]) })).toEqual(['web-1']);
  });

  it('stay while theirs is the last healthy target, and say so', () => {
    const pods = [failing(1), podObject(2), podObject(3)];
    const world = {
      pods,
      ledger: ledger.slice(0, 3),
      health: { 1: 'healthy', 2: 'initial', 3: 'unhealthy' },
    } as const;
    expect(removalsOf(world).held).toEqual([expect.objectContaining({ until: 'another target is healthy' })]);
  });

  it('stay while theirs is the last healthy target, though the answer to its registration was lost', () => {
    const pods = [failing(1), podObject(2)];
    const doubtful = [entry(1, { registeredAt: undefined }), entry(2)];
    expect(held({ pods, ledger: doubtful, health: { 1: 'healthy', 2: 'initial' } })).toEqual(['web-1']);
  });

  it('leave when none is healthy: ELB sends to all of them anyway', () => {
    const pods = [failing(1), podObject(2)];
    const world = { pods, ledger: ledger.slice(0, 2), health: { 1: 'unhealthy', 2: 'unhealthy' } } as const;
    expect(gone(world)).toEqual(['web-1']);
  });

  it('do not leave together where one of them has the last healthy target', () => {
    const pods = [failing(1), failing(2), podObject(3), podObject(4)];
    const states = { 1: 'healthy', 2: 'healthy', 3: 'initial', 4: 'initial' } as const;
    expect(gone({ pods, ledger, health: states })).toEqual(['web-1']);
    expect(held({ pods, ledger, health: states })).toEqual(['web-2']);
  });

  it('do not count a healthy target that leaves at once, or may be gone, as another healthy one', () => {
    const pods = [failing(1), podObject(2, { terminating: true }), podObject(3)];
    const states = { 1: 'healthy', 2: 'healthy', 3: 'initial' } as const;
    expect(held({ pods, ledger: ledger.slice(0, 3), health: states })).toEqual(['web-1']);
    const unseen = { ended: new Set<string>() };
    expect(
      held({ pods: [failing(1), podObject(3)], ledger: ledger.slice(0, 3), health: states, more: unseen }),
    ).toEqual(['web-1']);
  });
});

describe('LBC#2702: nodes that are about to end', () => {
  const leaving = (n: number) => nodeObject(n, { leaving: true });
  const ledger = numbers(1, 4).map((n) => nodeEntry(n));
  const all = health(numbers(1, 4));

  it('leave before they die, though only one other is left', () => {
    const nodes = [leaving(1), nodeObject(2)];
    expect(gone({ nodes, ledger: ledger.slice(0, 2), health: all })).toEqual(['node-1']);
  });

  it('leave all at once when their replacements have targets', () => {
    const nodes = [leaving(1), leaving(2), nodeObject(3), nodeObject(4)];
    expect(gone({ nodes, ledger, health: all })).toEqual(['node-1', 'node-2']);
  });

  it('do not leave when that is more than half: their pods still run', () => {
    const nodes = [leaving(1), leaving(2), leaving(3), nodeObject(4)];
    expect(gone({ nodes, ledger, health: all })).toEqual(['node-1', 'node-2']);
    const after = [nodeEntry(3), nodeEntry(4)];
    expect(held({ nodes, ledger: after, health: health([3, 4]) })).toEqual(['node-3']);
  });

  it('stay, the last one, while no other is healthy', () => {
    const nodes = [leaving(1), nodeObject(2)];
    expect(held({ nodes, ledger: ledger.slice(0, 2), health: { 1: 'healthy', 2: 'initial' } })).toEqual([
      'node-1',
    ]);
  });
});

describe('endpoints that are written down no more', () => {
  it('leave when those that are left are half of all, one being enough for one', () => {
    const world = {
      endpoints: [endpoint(1)],
      ledger: [endpointEntry(1), endpointEntry(2)],
      health: health([1, 2]),
    };
    expect(gone(world)).toEqual(['10.0.0.2']);
  });

  it('stay, all of them, when those that are left are fewer: a list may have come back short', () => {
    const ledger = numbers(1, 5).map((n) => endpointEntry(n));
    const world = { endpoints: [endpoint(1), endpoint(2)], ledger, health: health(numbers(1, 5)) };
    expect(gone(world)).toEqual([]);
    expect(held(world)).toEqual(['10.0.0.3', '10.0.0.4', '10.0.0.5']);
  });

  it('leave together when their replacements have targets', () => {
    const ledger = numbers(1, 4).map((n) => endpointEntry(n));
    const world = { endpoints: [endpoint(3), endpoint(4)], ledger, health: health(numbers(1, 4)) };
    expect(gone(world)).toEqual(['10.0.0.1', '10.0.0.2']);
  });
});
