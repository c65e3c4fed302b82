import { leaseOf } from '../fixtures.ts';
import type { Lease, LeaseSpec } from '../lease.ts';
import type { Written } from '../lease-api.ts';

/** The one Lease as the API server has it, and those who watch it. */
export function createApiServer() {
  const watchers = new Set<(lease: Lease | undefined) => void>();
  let lease: Lease | undefined;
  let version = 8;

  function set(next: Lease | undefined): void {
    lease = next;
    for (const tell of watchers) tell(lease);
  }

  return {
    read: () => lease,
    write: (before: Lease | undefined, spec: LeaseSpec): Written => {
      if (before?.version !== lease?.version) return { kind: 'refused' };
      const {
        holderIdentity: holder = '',
        leaseDurationSeconds = 0,
        leaseTransitions: transitions = 0,
        acquireTime: acquiredAt,
      } = spec;
      const written = leaseOf({
        version: String(++version),
        holder,
        durationMs: leaseDurationSeconds * 1000,
        transitions,
        acquiredAt,
      });
      set(written);
      return { kind: 'written', lease: written };
    },
    /** Somebody deletes the Lease. */
    remove: (): void => set(undefined),
    watch: (tell: (lease: Lease | undefined) => void): (() => void) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
  };
}

export type ApiServer = ReturnType<typeof createApiServer>;
