import type { Knowledge } from './knowledge.ts';
import type { Lease, LeaseSpec } from './lease.ts';
import type { Timing } from './timing.ts';

/** The API takes an int32: a Lease with the highest one can be taken all the same. */
const mostTransitions = 2 ** 31;

/** A Lease that we hold from now on, or go on to hold. Its times are for people to read: nobody here compares them. */
export function holdBy(identity: string, known: Knowledge | undefined, { durationMs }: Timing): LeaseSpec {
  const now = microTime();
  const isOurs = known?.holder === identity;
  const { transitions = -1, acquiredAt } = known?.lease ?? {};
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(durationMs / 1000),
    acquireTime: isOurs ? (acquiredAt ?? now) : now,
    renewTime: now,
    leaseTransitions: isOurs ? Math.max(0, transitions) : (transitions + 1) % mostTransitions,
  };
}

/** A Lease that nobody has held yet. */
export const neverHeld: LeaseSpec = {};

/** A Lease that we let go, as client-go leaves it behind: of nobody, for the shortest time that there is. */
export function letGo({ transitions }: Lease): LeaseSpec {
  const now = microTime();
  return {
    holderIdentity: '',
    leaseDurationSeconds: 1,
    leaseTransitions: transitions,
    acquireTime: now,
    renewTime: now,
  };
}

/** Now, as a MicroTime of the API. */
const microTime = (): string => new Date().toISOString().replace('Z', '000Z');
