import { describe, expect, it } from '@jest/globals';
import {
  entry,
  failing,
  gone,
  health,
  held,
  now,
  numbers,
  old,
  podObject,
  removalsOf,
  type World,
} from './fixtures.ts';

describe('LBC#3711: a service that vanished while its pods run', () => {
  const pods = numbers(1, 4).map((n) => podObject(n));
  const world: World = {
    pods,
    ledger: numbers(1, 4).map((n) => entry(n)),
    health: health(numbers(1, 4)),
    service: 'missing',
  };

  it('empties nothing, and says what it waits for', () => {
    expect(removalsOf(world).now).toEqual([]);
    expect(removalsOf(world).held).toHaveLength(4);
    expect(removalsOf(world).held[0]).toMatchObject({
      cause: 'service-gone',
      until: 'the service is back, or a person allows it',
    });
  });

  it('empties nothing however long that lasts', () => {
    const heldSince = new Map(numbers(1, 4).map((n) => [`10.0.0.${n}:8080`, 0]));
    expect(removalsOf({ ...world, more: { heldSince } }).now).toEqual([]);
  });
});

describe('a person who allows removals', () => {
  const allowed = { allowRemovalsUntil: now + 1 };
  const siblings = { known: false, ledgers: [] };
  it.each<[string, World]>([
    ['a service is missing', { pods: [podObject(1)], ledger: [entry(1)], service: 'missing' }],
    ['the floor is met', { pods: [failing(1)], ledger: [entry(1)] }],
    [
      'the last healthy target is at stake',
      { pods: [failing(1), podObject(2)], ledger: [entry(1), entry(2)], health: health([1]) },
    ],
    ['nothing replaces it', { pods: [old(1)], ledger: [entry(1)] }],
    ['the siblings are not known', { pods: [old(1)], ledger: [entry(1)], more: { siblings } }],
  ])('lets a target go though %s', (_, world) => {
    expect(held(world)).toEqual(['web-1']);
    expect(gone({ ...world, settings: allowed })).toEqual(['web-1']);
  });

  it('does so until the time that they name', () => {
    const world = { pods: [old(1)], ledger: [entry(1)], settings: { allowRemovalsUntil: now } };
    expect(held(world)).toEqual(['web-1']);
  });
});

describe('LBC#4880: while it is not known what the other bindings of the group have', () => {
  const siblings = { known: false, ledgers: [] };
  const world = { pods: [failing(1), podObject(2)], ledger: [entry(1), entry(2)], health: health([1, 2]) };

  it('the target of a subject that runs is kept: it may be theirs too', () => {
    expect(removalsOf({ ...world, more: { siblings } })).toMatchObject({
      now: [],
      held: [{ until: 'what the other bindings of the target group have is known' }],
      againAt: now + 600_000,
    });
  });

  it('it is kept for ten minutes only: the trouble of one binding does not hold another for ever', () => {
    const heldSince = new Map([['10.0.0.1:8080', now - 600_000]]);
    expect(gone({ ...world, more: { siblings, heldSince } })).toEqual(['web-1']);
  });
});
