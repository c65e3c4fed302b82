import type { LedgerEntry } from '../ledger/ledger.ts';
import { spreadOf } from '../spread.ts';
import { isHealthy } from './health.ts';
import type { Plan } from './action.ts';
import { awaitedLook } from './awaited-look.ts';
import type { PlanInput } from './input.ts';
import type { Observation } from './observation.ts';
import { politeInterval } from './polite-interval.ts';
import { isSomeoneStarting } from './starting.ts';
import { isGateClosed, ownEntry, wantedTargets } from './wanted.ts';

/** A pod that has waited for this long, in milliseconds, is not waited for like new ones any more. */
const patienceMs = 300_000;

/** From then on the interval is this share of the time since. */
const slowing = 1 / 10;

/** After a surprise the next look comes within this share of the interval; then each after as long as all before it. */
const soon = 1 / 12;

/**
 * When to ask ELB for the target group's health next (epoch ms): the first of these that is after the last look.
 *
 * | there is                                     | the next look                                                  |
 * | -------------------------------------------- | -------------------------------------------------------------- |
 * | no look yet                                  | now: what was there before us decides how to register          |
 * | a new target that is not known to be healthy | when that may have changed (awaited-look.ts)                   |
 * | only such as were registered 5 minutes ago   | after a tenth of the time since those 5 minutes were over      |
 * | a surprise (surprise.ts)                     | 5, 10, 20, 40 s after it                                       |
 * | a call whose answer nobody has seen          | when nothing of it can take effect any more                    |
 * | anything                                     | at the binding's own place in the minute: no two looks are     |
 * |                                              | further apart. Where many share the quota, the minute is longer |
 *
 * The places of bindings are spread evenly over the minute, so that looks do not bunch.
 */
export function nextLook(input: PlanInput): number {
  const { observation, now, landsBy } = input;
  if (observation === undefined) return now;
  const { askedAt } = observation;
  const landed = landsBy !== undefined && landsBy > askedAt ? landsBy : Infinity;
  return Math.min(routineLook(input, askedAt), landed, forHealth(input, observation));
}

/** The binding's next place after a look: at most an interval away. Sooner after a surprise. */
function routineLook({ policy, sharingQuota, surprisedAt }: PlanInput, askedAt: number): number {
  const everyMs = politeInterval(policy.lookEveryMs.settled, sharingQuota.bindings);
  const offset = Math.floor(everyMs * sharingQuota.phase);
  const place = (Math.floor((askedAt - offset) / everyMs) + 1) * everyMs + offset;
  return surprisedAt === undefined
    ? place
    : Math.min(place, askedAt + Math.max(everyMs * soon, askedAt - surprisedAt));
}

function forHealth(input: PlanInput, observation: Observation): number {
  const { binding, policy, now, timeToHealthy, sharingQuota } = input;
  const { askedAt } = observation;
  const waiting = waitingSince(input, observation);
  if (waiting.length === 0) return Infinity;
  const isNew = (since: number): boolean => now - since < patienceMs;
  const registeredAt = waiting.filter(isNew);
  if (registeredAt.length === 0) {
    const overdueMs = now - Math.max(...waiting) - patienceMs;
    return askedAt + Math.max(policy.lookEveryMs.waiting, overdueMs * slowing);
  }
  const jitter = 0.9 + 0.2 * spreadOf(`${binding.uid} ${askedAt}`);
  return awaitedLook({
    askedAt,
    registeredAt,
    timeToHealthy,
    everyMs: policy.lookEveryMs.waiting * jitter,
    busyBindings: sharingQuota.busy,
    isMoreComing: isSomeoneStarting(input),
  });
}

/**
 * Whether anything waits for the next look: pods that are not registered, or have not waited for their targets to be
 * healthy for long; and removals that are due or held. Where a syncer starts, a look is the first of each group, and
 * few of them are awaited.
 */
export function isLookAwaited(input: PlanInput, { actions, held }: Pick<Plan, 'actions' | 'held'>): boolean {
  const { observation } = input;
  if (held.length > 0) return true;
  if (observation === undefined)
    return actions.some(({ kind }) => kind === 'deregister') || isSomeoneLeftOut(input);
  return isHealthAwaited(input, observation);
}

/** Whether pods of the binding are on their way into service: they start, or wait for the health of their targets. */
export function areSomeUnderWay(input: PlanInput): boolean {
  const { observation } = input;
  if (isSomeoneStarting(input)) return true;
  return observation !== undefined && isHealthAwaited(input, observation);
}

/** Whether a target that was registered within the last 5 minutes is not known to be healthy. */
const isHealthAwaited = (input: PlanInput, observation: Observation): boolean =>
  waitingSince(input, observation).some((since) => input.now - since < patienceMs);

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
