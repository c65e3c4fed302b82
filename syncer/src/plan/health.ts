import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import { isDraining, type Observation, type TargetHealth } from './observation.ts';

/**
 * What is known of a registration's own health. An answer that was asked for before the registration was over may
 * speak of an earlier pod with the same address: it says nothing.
 */
export type KnownHealth =
  | { readonly known: 'nothing' }
  | { readonly known: 'absent' }
  | { readonly known: 'health'; readonly health: TargetHealth };

export function healthOf(entry: LedgerEntry, observation: Observation | undefined): KnownHealth {
  if (entry.registeredAt === undefined || observation === undefined) return { known: 'nothing' };
  // In the same millisecond, either may have been first.
  if (observation.askedAt <= entry.registeredAt) return { known: 'nothing' };
  const health = observation.targets.get(targetKey(entry.target));
  return health === undefined ? { known: 'absent' } : { known: 'health', health };
}

export function isHealthy(entry: LedgerEntry, observation: Observation | undefined): boolean {
  const known = healthOf(entry, observation);
  return known.known === 'health' && known.health.state === 'healthy';
}

/** ELB has the target since its registration, healthy or not, and is not draining it. */
export function isStanding(entry: LedgerEntry, observation: Observation | undefined): boolean {
  const known = healthOf(entry, observation);
  return known.known === 'health' && !isDraining(known.health);
}
