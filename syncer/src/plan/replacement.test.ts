import { describe, expect, it } from '@jest/globals';
import { entry, failing, gone, health, held, now, numbers, old, podObject, removalsOf } from './fixtures.ts';
import { defaultPolicy, type PlanInput } from './input.ts';

describe('LBC#2061: blue/green: pods that are not selected any more', () => {
  it('stay while nothing replaces them, and say for what they wait', () => {
    expect(removalsOf({ pods: [old(1)], ledger: [entry(1)], health: health([1]) }).held).toEqual([
      expect.objectContaining({
        cause: 'not-selected',
        until: 'enough of those that are selected instead are healthy, and all of them',
      }),
    ]);
  });

  it('stay while a replacement is not healthy', () => {
    const world = { pods: [old(1), podObject(2), podObject(3)], ledger: numbers(1, 3).map((n) => entry(n)) };
    expect(held({ ...world, health: { 1: 'healthy', 2: 'healthy', 3: 'initial' } })).toEqual(['web-1']);
  });

  it('stay while a replacement still starts', () => {
    const pods = [old(1), podObject(2), failing(3)];
    expect(gone({ pods, ledger: [entry(1), entry(2)], health: health([1, 2]) })).toEqual([]);
  });

  it('stay while a replacement that ELB finds healthy is not ready any more', () => {
    const pods = [old(1), failing(2)];
    expect(gone({ pods, ledger: [entry(1), entry(2)], health: health([1, 2]) })).toEqual([]);
  });

  it('leave together when all that is selected instead is healthy', () => {
    const pods = [old(1), old(2), podObject(3)];
    const ledger = numbers(1, 3).map((n) => entry(n));
    expect(gone({ pods, ledger, health: health([1, 2, 3]) })).toEqual(['web-1', 'web-2']);
  });

  it('stay when their replacements are fewer than half of them: a selector may be mistaken', () => {
    const pods = [...numbers(1, 3).map(old), podObject(4)];
    const ledger = numbers(1, 4).map((n) => entry(n));
    expect(held({ pods, ledger, health: health(numbers(1, 4)) })).toEqual(['web-1', 'web-2', 'web-3']);
  });

  it('do not count as replaced what a sibling goes on with', () => {
    const pods = [...numbers(1, 3).map(old), podObject(4)];
    const ledger = numbers(1, 4).map((n) => entry(n));
    const siblings = { known: true, ledgers: [new Map([['10.0.0.1:8080', entry(1)]])] };
    const world = { pods, ledger, health: health(numbers(1, 4)), more: { siblings } };
    expect(gone(world)).toEqual(['web-2', 'web-3']);
  });

  it('stay while no replacement is healthy, however low the floor is', () => {
    const policy = { ...defaultPolicy, floor: 0, replaceWithinMs: 0 };
    expect(held({ pods: [old(1), podObject(2)], ledger: [entry(1), entry(2)], more: { policy } })).toEqual([
      'web-1',
    ]);
  });

  describe('after ten minutes', () => {
    const pods = [old(1), old(2), podObject(3), podObject(4)];
    const ledger = numbers(1, 4).map((n) => entry(n));
    const states = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'unhealthy' } as const;
    const since = (ms: number): Partial<PlanInput> => ({
      heldSince: new Map([1, 2].map((n) => [`10.0.0.${n}:8080`, now - ms])),
    });

    it('leave when the healthy replacements are half of them, whatever the others are', () => {
      expect(gone({ pods, ledger, health: states, more: since(600_000) })).toEqual(['web-1', 'web-2']);
    });

    it('stay until then, and are planned again at that time', () => {
      const planned = removalsOf({ pods, ledger, health: states, more: since(599_999) });
      expect(planned.now).toEqual([]);
      expect(planned.againAt).toBe(now + 1);
    });

    it('stay while no replacement is healthy', () => {
      const world = { pods, ledger, health: { ...states, 3: 'unhealthy' }, more: since(600_000) } as const;
      expect(held(world)).toEqual(['web-1', 'web-2']);
      expect(removalsOf(world).againAt).toBeUndefined();
    });
  });

  it('have ten minutes from when they are first held', () => {
    expect(removalsOf({ pods: [old(1)], ledger: [entry(1)] }).againAt).toBe(now + 600_000);
  });
});

describe('cloud-provider-aws#1328: at the quota of the group, pods that are not selected any more', () => {
  const atQuota = { atQuota: true };
  const four = numbers(1, 4);

  it('leave first, until half of them are left', () => {
    const pods = [...four.map(old), ...numbers(5, 8).map((n) => podObject(n))];
    const ledger = four.map((n) => entry(n));
    expect(gone({ pods, ledger, health: health(four), more: atQuota })).toEqual(['web-1', 'web-2']);
    expect(gone({ pods, ledger, health: health(four) })).toEqual([]);
  });

  it('make no more room than the replacements need, less what drains already', () => {
    const pods = [...four.map(old), podObject(5), podObject(6)];
    const ledger = four.map((n) => entry(n));
    expect(gone({ pods: pods.slice(0, 5), ledger, health: health(four), more: atQuota })).toEqual(['web-1']);
    const draining = { ...health(four), 9: 'draining' } as const;
    expect(gone({ pods, ledger, health: draining, more: atQuota })).toEqual(['web-1']);
  });

  it('stay when replacements that are not ready could not use the room', () => {
    const pods = [...four.map(old), failing(5), failing(6)];
    expect(gone({ pods, ledger: four.map((n) => entry(n)), health: health(four), more: atQuota })).toEqual(
      [],
    );
  });

  it('stay when those that took the place of others are not healthy', () => {
    const pods = [...four.map(old), ...numbers(5, 12).map((n) => podObject(n))];
    const ledger = [...four, ...numbers(5, 8)].map((n) => entry(n));
    const states = { ...health(four), 5: 'unhealthy', 6: 'initial', 7: 'initial', 8: 'initial' } as const;
    expect(gone({ pods, ledger, health: states, more: atQuota })).toEqual([]);
  });

  it('leave one by one where fewer than half have targets anyway', () => {
    const pods = [old(1), old(2), ...numbers(5, 10).map((n) => podObject(n))];
    expect(gone({ pods, ledger: [entry(1), entry(2)], health: health([1, 2]), more: atQuota })).toEqual([
      'web-1',
    ]);
    const doubtful = numbers(1, 6).map((n) => entry(n, n > 3 ? { registeredAt: undefined } : {}));
    const many = [...numbers(1, 6).map(old), podObject(7), podObject(8)];
    expect(gone({ pods: many, ledger: doubtful, health: health([1, 2, 3]), more: atQuota })).toHaveLength(1);
  });

  it('stay where theirs is the last healthy target', () => {
    const pods = [old(1), old(2), podObject(5), podObject(6)];
    const states = { 1: 'healthy', 2: 'unhealthy' } as const;
    expect(gone({ pods, ledger: [entry(1), entry(2)], health: states, more: atQuota })).toEqual(['web-2']);
  });
});

describe('a pod whose port has changed', () => {
  const before = entry(1, { target: { id: '10.0.0.1', port: 9090 } });

  it('keeps its old target until the new one is healthy', () => {
    const world = { pods: [podObject(1)], ledger: [before, entry(1)] };
    expect(removalsOf({ ...world, health: { 1: 'initial' } }).held).toEqual([
      expect.objectContaining({ target: before.target, cause: 'target-changed' }),
    ]);
    expect(removalsOf({ ...world, health: { 1: 'healthy' } }).now).toEqual([
      expect.objectContaining({ target: before.target, cause: 'target-changed' }),
    ]);
  });
});
