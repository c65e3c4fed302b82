import { describe, expect, it } from '@jest/globals';
import { holdBy } from './lease-spec.ts';
import { leaseOf } from './fixtures.ts';
import { isNewer, projectLease } from './lease.ts';
import { timingOf } from './timing.ts';

const lease = (spec?: object) =>
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
});
