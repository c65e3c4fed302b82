import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { healthyWithin, learn, nothingLearnt, type Sighting, type TimeToHealthy } from './time-to-healthy.ts';

const unknown: TimeToHealthy = { learnt: nothingLearnt, checkEveryMs: 2_000 };

const after = (sightings: readonly Sighting[], known = unknown): TimeToHealthy => ({
  ...known,
  learnt: learn(known, sightings),
});

/** Targets that take from `from` to `to` milliseconds, seen by looks that are `everyMs` apart, in random phase. */
function seen(
  count: number,
  { from, to, everyMs }: { from: number; to: number; everyMs: number },
): Sighting[] {
  return Array.from({ length: count }, (_, n) => {
    const took = from + (to - from) * ((n * 0.618) % 1);
    const phase = everyMs * ((n * 0.7548) % 1);
    const upTo = Math.ceil((took - phase) / everyMs) * everyMs + phase;
    return { over: upTo - everyMs, upTo };
  });
}

const sighting = fc
  .record({ over: fc.double({ min: -1e4, max: 1e7 }), lasts: fc.double({ min: -1e4, max: 1e7 }) })
  .map(({ over, lasts }) => ({ over, upTo: over + lasts }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('before anything was seen', () => {
  it('a target is expected within its first check: the interval, and the second or so of its registration', () => {
    expect(healthyWithin(unknown, 0)).toBeCloseTo(500, -2);
    expect(healthyWithin(unknown, 0.5)).toBeCloseTo(2_000, -2);
    expect(healthyWithin(unknown, 1)).toBeCloseTo(3_500, -3);
  });

  it('the interval is taken for 30 s where it is not known', () => {
    expect(healthyWithin({ ...unknown, checkEveryMs: undefined }, 0.5)).toBeCloseTo(16_000, -3);
  });
});

describe('what was seen', () => {
  it.each([
    { from: 1_000, to: 3_000, everyMs: 800 },
    { from: 5_000, to: 7_000, everyMs: 800 },
    { from: 11_000, to: 31_000, everyMs: 1_000 },
    { from: 180_000, to: 300_000, everyMs: 1_000 },
  ])('is converged to, whatever was expected: %j', (true_) => {
    const known = after(seen(200, true_));
    const span = true_.to - true_.from;
    for (const part of [0.1, 0.5, 0.9]) {
      const exact = true_.from + span * part;
      expect(Math.abs(healthyWithin(known, part) - exact)).toBeLessThan(0.1 * exact + true_.everyMs / 2);
    }
  });

  it('is forgotten when it is not so any more', () => {
    const slow = after(seen(500, { from: 180_000, to: 300_000, everyMs: 1_000 }));
    const quick = after(seen(100, { from: 1_000, to: 3_000, everyMs: 800 }), slow);
    expect(healthyWithin(quick, 0.9)).toBeLessThan(4_000);
    const slowAgain = after(seen(100, { from: 180_000, to: 300_000, everyMs: 1_000 }), quick);
    expect(healthyWithin(slowAgain, 0.1)).toBeGreaterThan(150_000);
  });

  it('of one target in fifty that takes ten minutes does not change what holds for nine of ten', () => {
    const usual = seen(50, { from: 1_000, to: 3_000, everyMs: 800 });
    const known = after([...usual, { over: 599_000, upTo: 600_000 }]);
    expect(healthyWithin(known, 0.9)).toBeLessThan(4_000);
    expect(healthyWithin(known, 0.02)).toBeLessThan(1_500);
  });

  it('takes as much memory however much it is, and never comes to anything but a time', () => {
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 50 }), share, share, (sightings, one, other) => {
        const known = after(sightings);
        expect(known.learnt).toHaveLength(nothingLearnt.length);
        expect(known.learnt.every((weight) => Number.isFinite(weight) && weight >= 0)).toBe(true);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [sooner, later] = [healthyWithin(known, less), healthyWithin(known, more)];
        expect(Number.isFinite(sooner) && sooner >= 0).toBe(true);
        expect(later).toBeGreaterThanOrEqual(sooner);
      }),
    );
  });
});
