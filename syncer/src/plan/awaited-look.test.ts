import { describe, expect, it } from '@jest/globals';
import { awaitedLook } from './awaited-look.ts';
import { learn, nothingLearnt, type TimeToHealthy } from './time-to-healthy.ts';

/** A group whose targets take so many milliseconds, as was learnt by looking every tenth of a second. */
function taking(from: number, to: number): TimeToHealthy {
  const known = { learnt: nothingLearnt, checkEveryMs: 2_000 };
  const sightings = Array.from({ length: 200 }, (_, n) => {
    const took = from + (to - from) * ((n * 0.618) % 1);
    return { over: took - 50, upTo: took + 50 };
  });
  return { ...known, learnt: learn(known, sightings) };
}

const quick = taking(1_000, 3_000);
const slow = taking(180_000, 300_000);

/** All times in milliseconds, from the first registration. */
const lookOf = (group: {
  readonly timeToHealthy: TimeToHealthy;
  readonly registeredAt?: readonly number[];
  readonly askedAt?: number;
  readonly busyBindings?: number;
  readonly isMoreComing?: boolean;
}): number =>
  awaitedLook({
    everyMs: 800,
    registeredAt: [0],
    askedAt: -500,
    busyBindings: 1,
    isMoreComing: false,
    ...group,
  });

const fifty = Array<number>(50).fill(0);

describe('where few bindings are busy', () => {
  it('the first look comes as soon as it is worth one, not before', () => {
    expect(lookOf({ timeToHealthy: quick })).toBeGreaterThan(1_600);
    expect(lookOf({ timeToHealthy: quick })).toBeLessThan(1_950);
  });

  it('the next ones follow at the pace of looks', () => {
    expect(lookOf({ timeToHealthy: quick, askedAt: 1_900 })).toBe(2_700);
    expect(lookOf({ timeToHealthy: quick, askedAt: 9_000 })).toBe(9_800);
  });

  it('a target that takes the same time always is looked at when that is over', () => {
    const timeToHealthy = taking(6_000, 6_050);
    expect(lookOf({ timeToHealthy, askedAt: 3_800 })).toBeGreaterThan(5_900);
    expect(lookOf({ timeToHealthy, askedAt: 3_800 })).toBeLessThan(6_700);
  });

  it('targets that were registered one after the other share the looks of the first', () => {
    const alone = lookOf({ timeToHealthy: quick });
    expect(lookOf({ timeToHealthy: quick, registeredAt: [0, 100, 400, 1_500] })).toBe(alone);
  });

  it('a group that was slow and is not any more is found out before a target has waited twice as long as it took', () => {
    let askedAt = -500;
    const looks: number[] = [];
    for (let count = 0; count < 20 && askedAt < 180_000; count++) {
      askedAt = lookOf({ timeToHealthy: slow, askedAt });
      looks.push(askedAt);
    }
    for (const [n, look] of looks.entries()) {
      if (look < 150_000) expect(look).toBeLessThanOrEqual(2 * (looks[n - 1] ?? 0) + 3_800);
    }
    expect(looks.filter((look) => look < 150_000).length).toBeLessThan(8);
  });
});

describe('where many bindings are busy', () => {
  it('the first look is when all targets should be healthy', () => {
    const look = lookOf({ timeToHealthy: quick, registeredAt: fifty, busyBindings: 20 });
    expect(look).toBeGreaterThan(2_900);
    expect(look).toBeLessThan(3_500);
  });

  it('those who are late are looked for at half the turn of all bindings', () => {
    const look = lookOf({ timeToHealthy: quick, registeredAt: [0], askedAt: 3_000, busyBindings: 20 });
    expect(look).toBe(5_000);
  });

  it('while more targets are about to come, the first ones wait for a look that is worth more', () => {
    const group = { timeToHealthy: quick, registeredAt: fifty, isMoreComing: true };
    expect(lookOf({ ...group, busyBindings: 20 })).toBeGreaterThan(4_900);
    expect(lookOf({ ...group, busyBindings: 20 })).toBeLessThan(5_200);
    expect(lookOf(group)).toBe(lookOf({ ...group, isMoreComing: false }));
  });

  it('targets that keep coming never delay a look for longer than a turn of all bindings', () => {
    const registeredAt = Array.from({ length: 50 }, (_, n) => n * 1_000);
    const look = lookOf({ timeToHealthy: quick, registeredAt, busyBindings: 20 });
    expect(look).toBeLessThan(1_200 + 4_000);
  });

  it('all of them look five times a second at the most', () => {
    for (const busyBindings of [10, 100, 1_000]) {
      const registeredAt = Array.from({ length: 5 }, (_, n) => n * 1e7);
      const look = lookOf({ timeToHealthy: quick, registeredAt, askedAt: 3_000, busyBindings });
      expect(look - 3_000).toBeGreaterThanOrEqual((1_000 * busyBindings) / 5);
    }
  });
});
