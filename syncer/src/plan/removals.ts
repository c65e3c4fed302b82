import { registrationOf } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import type { HeldRemoval, Removal, RemovalCause } from './action.ts';
import { floorOf } from './floor.ts';
import { isHealthy } from './health.ts';
import type { PlanInput } from './input.ts';
import { livePodsOf, ownEntry, wantedTargets } from './wanted.ts';

/** When a target is removed: the cause decides. */
type Verdict =
  | { readonly when: 'never' }
  | { readonly when: 'at-once' | 'above-floor' | 'after-replacements'; readonly cause: RemovalCause };

/**
 * Which of our targets to remove. ELB's `unhealthy` is never a cause.
 *
 * | the entry's pod         | service resolved | selected | same target | registration | verdict            |
 * | ----------------------- | ---------------- | -------- | ----------- | ------------ | ------------------ |
 * | gone                    |                  |          |             |              | at once            |
 * | terminating or finished |                  |          |             |              | at once            |
 * | live                    | no               |          |             |              | never              |
 * | live                    | yes              | no       |             |              | after replacements |
 * | live                    | yes              | yes      | unknown     |              | never              |
 * | live                    | yes              | yes      | no          |              | after replacements |
 * | live                    | yes              | yes      | yes         | wanted       | never              |
 * | live                    | yes              | yes      | yes         | not-ready    | above the floor    |
 */
function verdictOf(entry: LedgerEntry, { pods, resolution, gate }: PlanInput): Verdict {
  const pod = pods.get(entry.podUid);
  if (pod === undefined) return { when: 'at-once', cause: 'pod-gone' };
  if (pod.finished) return { when: 'at-once', cause: 'pod-finished' };
  if (pod.deletesAt !== undefined) return { when: 'at-once', cause: 'pod-terminating' };
  if (resolution.pods === undefined) return { when: 'never' };
  const selected = resolution.pods.find((candidate) => candidate.pod.uid === pod.uid);
  if (selected === undefined) return { when: 'after-replacements', cause: 'not-selected' };
  if (selected.target === undefined) return { when: 'never' };
  if (targetKey(selected.target) !== targetKey(entry.target)) {
    return { when: 'after-replacements', cause: 'target-changed' };
  }
  return registrationOf(pod, gate) === 'wanted'
    ? { when: 'never' }
    : { when: 'above-floor', cause: 'not-ready' };
}

/** The removals to make now, and those that wait. */
export function planRemovals(input: PlanInput): { now: readonly Removal[]; held: readonly HeldRemoval[] } {
  const now: Removal[] = [];
  const held: HeldRemoval[] = [];
  const replaced = replacementsAreHealthy(input);
  let spare = targetsAboveFloor(input);

  for (const [key, entry] of input.ledger ?? []) {
    if (input.busy.has(key)) continue;
    const verdict = verdictOf(entry, input);
    if (verdict.when === 'never') continue;
    const removal = { entry, cause: verdict.cause };
    if (verdict.when === 'at-once') now.push(removal);
    else if (verdict.when === 'after-replacements') {
      if (replaced) now.push(removal);
      else held.push({ ...removal, until: 'every target that is wanted instead is healthy' });
    } else if (spare > 0) {
      spare--;
      now.push(removal);
    } else held.push({ ...removal, until: 'enough other pods of the binding are registered' });
  }
  return { now, held };
}

/** True where there is something wanted, and ELB has found all of it healthy. */
function replacementsAreHealthy(input: PlanInput): boolean {
  const wanted = [...wantedTargets(input).values()];
  return (
    wanted.length > 0 &&
    wanted.every((registering) => {
      const entry = ownEntry(input, registering);
      return entry !== undefined && isHealthy(entry, input.observation);
    })
  );
}

/** How many targets of live pods may go before the floor is reached. */
function targetsAboveFloor(input: PlanInput): number {
  const live = livePodsOf(input);
  const uids = new Set(live.map(({ pod }) => pod.uid));
  const registered = [...(input.ledger?.values() ?? [])].filter((entry) => uids.has(entry.podUid));
  return registered.length - floorOf(live.length, input.policy.floor);
}
