import type { Lease } from './lease.ts';

/** A Lease of another replica. */
export const leaseOf = (changes: Partial<Lease>): Lease => ({
  namespace: 'home',
  name: 'targetgate-syncer-0',
  version: '1',
  holder: 'other',
  durationMs: 7_000,
  transitions: 0,
  acquiredAt: '2026-01-01T12:00:00.000000Z',
  ...changes,
});
