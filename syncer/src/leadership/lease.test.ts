import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { learn } from './knowledge.ts';
import { holdBy, letGo } from './lease-spec.ts';
import { leaseOf } from './fixtures.ts';
import { isNewer, projectLease } from './lease.ts';
import { timingOf } from './timing.ts';

const lease = (spec?: unknown) =>
  projectLease({ metadata: { namespace: 'home', name: 'l', uid: 'u', resourceVersion: '9' }, spec });

describe('a Lease', () => {
  it.each([
    ['without a spec is held by nobody', undefined, { holder: '', transitions: 0 }],
    ['says how long its holder may be silent', { leaseDurationSeconds: 7 }, { durationMs: 7_000 }],
    [
      'that does not say it is not held for ever',
      { holderIdentity: 'x' },
      { holder: 'x', durationMs: 60_000 },
    ],
    ['that is held for a year is not', { leaseDurationSeconds: 31_536_000 }, { durationMs: 60_000 }],
    [
      'that is held for no time at all is not free at once',
      { leaseDurationSeconds: 0 },
      { durationMs: 60_000 },
    ],
    ['that is held for less is not', { leaseDurationSeconds: -7 }, { durationMs: 60_000 }],
    ['whose duration is a text is free one day', { leaseDurationSeconds: 'x' }, { durationMs: 60_000 }],
    ['whose spec is null is held by nobody', null, { holder: '', transitions: 0 }],
    ['whose holder is null is held by nobody', { holderIdentity: null }, { holder: '' }],
  ])('%s', (_, spec, expected) => {
    expect(lease(spec)).toMatchObject(expected);
  });

  it.each([
    ['10', '9', true],
    ['9', '10', false],
    ['10', '10', false],
    ['12', '11', true],
  ])('of version %s is newer than %s: %s', (version, than, expected) => {
    expect(isNewer(version, than)).toBe(expected);
  });

  it.each([
    [3, 4],
    // What the API takes at the most.
    [2_147_483_647, 0],
  ])('that changed hands %i times changes hands: %i', (transitions, expected) => {
    const known = { lease: leaseOf({ transitions }), holder: 'other', freeAt: 0 };
    expect(holdBy('us', known, timingOf(7_000)).leaseTransitions).toBe(expected);
  });

  it('with anything in it can be taken in the end, by a Lease that the API takes', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(-1, 0, 0.5, 1e308, '', null));
    const specs = fc.record(
      { holderIdentity: field, leaseDurationSeconds: field, leaseTransitions: field, acquireTime: field },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(specs, fc.jsonValue()), (spec) => {
        const seen = lease(spec);
        const known = learn(undefined, { lease: seen, by: 'watch', at: 1_000 }, 7_000);
        expect(known.freeAt).toBeLessThanOrEqual(61_000);
        const ours = holdBy('us', known, timingOf(7_000));
        expect(JSON.parse(JSON.stringify(ours))).toEqual(ours);
        expect(ours.leaseTransitions).toBeGreaterThanOrEqual(0);
        expect(ours.leaseTransitions).toBeLessThan(2 ** 31);
        expect(Number.isInteger(letGo(seen).leaseTransitions)).toBe(true);
      }),
      { numRuns: 500 }, // More: raise numRuns; a thousand take a fifth of a second.
    );
  });
});
