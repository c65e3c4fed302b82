import type { LedgerEntry } from '../ledger/ledger.ts';
import { isHealthy } from './health.ts';
import type { Plan } from './action.ts';
import type { PlanInput } from './input.ts';
import type { Observation } from './observation.ts';
import { ownEntry, wantedTargets } from './wanted.ts';

/** A pod that has waited this many times the shortest interval is looked at less often, in proportion. */
const patience = 300;

/** However long a pod has waited, its group is looked at this often. */
const slowestWaitingMs = 15_000;

/**
 * When to ask ELB for the target group's health next (epoch ms).
 *
 * Before the first look: now, as what was there before us decides how targets are registered. While a wanted target is
 * not known to be healthy: every second after it was registered, and, once the youngest of them has waited for 5
 * minutes, every 1/300 of that wait. Otherwise about once a minute, to see drift, later ill health and foreign targets;
 * the minute is spread by up to a tenth, differently for each binding, so that looks do not bunch.
 */
export function nextLook(input: PlanInput): number {
  const { observation, policy, now } = input;
  if (observation === undefined) return now;
  const waiting = waitingSince(input, observation);
  const { askedAt } = observation;
  if (waiting.length === 0) {
    return askedAt + policy.lookEveryMs.settled * (0.9 + 0.2 * spreadOf(input.binding.uid));
  }
  const shortest = policy.lookEveryMs.waiting;
  const interval = Math.min(slowestWaitingMs, Math.max(shortest, (now - Math.max(...waiting)) / patience));
  return Math.max(askedAt, Math.min(...waiting)) + interval;
}

/**
 * Whether anything waits for the next look: nothing is registered before the first one; pods wait for their targets to
 * be healthy, and so do removals that are held.
 */
export const isLookAwaited = (input: PlanInput, { held }: Pick<Plan, 'held'>): boolean =>
  input.observation === undefined || held.length > 0 || waitingSince(input, input.observation).length > 0;

/** Since when wanted targets have been registered that are not known to be healthy (epoch ms). */
function waitingSince(input: PlanInput, observation: Observation): number[] {
  return [...wantedTargets(input)]
    .filter(([key]) => !input.busy.has(key))
    .map(([, wanted]) => ownEntry(input, wanted))
    .filter((entry) => entry !== undefined)
    .filter(isRegistered)
    .filter((entry) => !isHealthy(entry, observation))
    .map((entry) => entry.registeredAt);
}

const isRegistered = (entry: LedgerEntry): entry is LedgerEntry & { registeredAt: number } =>
  entry.registeredAt !== undefined;

/** A number in [0, 1) that is always the same for one name (FNV-1a). */
export function spreadOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
