import type { Ledger } from '../ledger/ledger.ts';
import { healthOf, isHealthy } from './health.ts';
import type { Observation } from './observation.ts';
import type { Sighting } from './time-to-healthy.ts';

/** Two looks at a group, one after the other, and its ledger now. */
export interface Looks {
  readonly before: Observation;
  readonly after: Observation;
  readonly ledger: Ledger;
}

/**
 * The targets that are healthy for the first time since their registration. One that was found unhealthy in between
 * says nothing: its application takes its time, not the load balancer.
 */
export const sightingsIn = ({ before, after, ledger }: Looks): readonly Sighting[] =>
  [...ledger.values()].flatMap((entry) => {
    const { registeredAt } = entry;
    if (registeredAt === undefined || !isHealthy(entry, after)) return [];
    const known = healthOf(entry, before);
    const upTo = after.askedAt - registeredAt;
    if (known.known === 'nothing') return [{ over: 0, upTo }];
    const isFirst = known.known === 'health' && known.health.state === 'initial';
    return isFirst ? [{ over: before.askedAt - registeredAt, upTo }] : [];
  });
