import type { LedgerEntry } from '../ledger/ledger.ts';
import { isHealthy } from './health.ts';
import type { Plan } from './action.ts';
import type { PlanInput } from './input.ts';
import type { Observation } from './observation.ts';
import { politeInterval } from './polite-interval.ts';
import { isGateClosed, ownEntry, wantedTargets } from './wanted.ts';

/** A pod that has waited for this long, in milliseconds, is not waited for every second any more. */
const patienceMs = 300_000;

/** From then on the interval is this share of the time since. */
const slowing = 1 / 10;

/**
 * When to ask ELB for the target group's health next (epoch ms).
 *
 * Before the first look: now, as what was there before us decides how targets are registered. While a wanted target is
 * not known to be healthy: every second after it was registered; once the youngest of them has waited for 5 minutes, a
 * tenth of the time since. At the slowest as a group in which nothing is pending: about once a minute, or as often as
 * the quota has room for, to see drift, later ill health and foreign targets. That is spread by up to a tenth,
 * differently for each binding, so that looks do not bunch.
 */
export function nextLook(input: PlanInput): number {
  const { observation, policy, now } = input;
  if (observation === undefined) return now;
  const { askedAt } = observation;
  const settledMs = politeInterval(policy.lookEveryMs.settled, input.sharingQuota);
  const settledAt = askedAt + settledMs * (0.9 + 0.2 * spreadOf(input.binding.uid));
  const waiting = waitingSince(input, observation);
  if (waiting.length === 0) return settledAt;
  const overdueMs = now - Math.max(...waiting) - patienceMs;
  const interval = Math.max(policy.lookEveryMs.waiting, overdueMs * slowing);
  return Math.min(settledAt, Math.max(askedAt, Math.min(...waiting)) + interval);
}

/**
 * Whether anything waits for the next look: pods that are not registered, or have not waited for their targets to be
 * healthy for long; and removals that are due or held. Where a syncer starts, a look is the first of each group, and
 * few of them are awaited.
 */
export function isLookAwaited(input: PlanInput, { actions, held }: Pick<Plan, 'actions' | 'held'>): boolean {
  const { observation, now } = input;
  if (held.length > 0) return true;
  if (observation === undefined)
    return actions.some(({ kind }) => kind === 'deregister') || isSomeoneLeftOut(input);
  return waitingSince(input, observation).some((since) => now - since < patienceMs);
}

/** Whether a subject that should be registered is not, or has a gate that is closed. */
const isSomeoneLeftOut = (input: PlanInput): boolean =>
  [...wantedTargets(input).values()].some(
    (wanted) => ownEntry(input, wanted) === undefined || isGateClosed(input, wanted.subject.uid),
  );

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
