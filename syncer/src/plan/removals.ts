import { registrationOf, type PodOfBinding } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import type { HeldRemoval, Removal, RemovalCause } from './action.ts';
import { floorOf } from './floor.ts';
import { isHealthy, isStanding } from './health.ts';
import type { PlanInput } from './input.ts';
import { livePodsOf, ownEntry } from './wanted.ts';

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
 * | live, address lost      | yes              | yes      | no          |              | at once            |
 * | live                    | yes              | yes      | no: port    |              | after replacements |
 * | live                    | yes              | yes      | yes         | wanted       | never              |
 * | live                    | yes              | yes      | yes         | not-ready    | above the floor    |
 *
 * After replacements: when every live pod that is selected is healthy in ELB, and they are at least as many as the
 * floor keeps of those that they replace. A target of a live pod that another binding of the same group has registered
 * too is handed over to that binding, not removed.
 */
function verdictOf(
  entry: LedgerEntry,
  { pods, resolution, gate }: PlanInput,
  selectedPods: ReadonlyMap<string, PodOfBinding>,
): Verdict {
  const pod = pods.get(entry.podUid);
  if (pod === undefined) return { when: 'at-once', cause: 'pod-gone' };
  if (pod.finished) return { when: 'at-once', cause: 'pod-finished' };
  if (pod.deletesAt !== undefined) return { when: 'at-once', cause: 'pod-terminating' };
  if (resolution.pods === undefined) return { when: 'never' };
  const selected = selectedPods.get(pod.uid);
  if (selected === undefined) return { when: 'after-replacements', cause: 'not-selected' };
  if (selected.target === undefined) return { when: 'never' };
  if (!pod.ips.includes(entry.target.ip)) return { when: 'at-once', cause: 'target-changed' };
  if (targetKey(selected.target) !== targetKey(entry.target)) {
    return { when: 'after-replacements', cause: 'target-changed' };
  }
  return registrationOf(pod, gate) === 'wanted'
    ? { when: 'never' }
    : { when: 'above-floor', cause: 'not-ready' };
}

/** The removals to make now, those that wait, and the targets that another binding goes on with. */
export function planRemovals(input: PlanInput): {
  readonly now: readonly Removal[];
  readonly held: readonly HeldRemoval[];
  readonly handedOver: readonly LedgerEntry[];
} {
  const now: Removal[] = [];
  const held: HeldRemoval[] = [];
  const handedOver: LedgerEntry[] = [];
  const selected = new Map((input.resolution.pods ?? []).map((candidate) => [candidate.pod.uid, candidate]));
  const judged = [...(input.ledger ?? [])]
    .filter(([key]) => !input.busy.has(key))
    .map(([key, entry]) => ({ key, entry, verdict: verdictOf(entry, input, selected) }));
  const replaced = judged.filter(({ verdict }) => verdict.when === 'after-replacements').length;
  const mayReplace = replaced > 0 && replacementsAreHealthy(input, replaced);
  let spare = targetsAboveFloor(input);

  for (const { key, entry, verdict } of judged) {
    if (verdict.when === 'never') continue;
    const removal = { entry, cause: verdict.cause };
    if (verdict.when === 'at-once') now.push(removal);
    else if (input.shared.has(key)) handedOver.push(entry);
    else if (verdict.when === 'after-replacements') {
      if (mayReplace) now.push(removal);
      else
        held.push({
          ...removal,
          until: 'enough pods that are selected instead are healthy, and all of them',
        });
    } else if (spare > 0) {
      spare--;
      now.push(removal);
    } else held.push({ ...removal, until: 'enough other pods of the binding are registered' });
  }
  return { now, held, handedOver };
}

/** True where ELB has found every live pod healthy that is selected, and they can take the place of those replaced. */
function replacementsAreHealthy(input: PlanInput, replaced: number): boolean {
  const live = livePodsOf(input);
  return (
    live.length >= Math.max(1, floorOf(replaced, input.policy.floor)) &&
    live.every(({ pod, target }) => {
      const entry = target && ownEntry(input, { pod, target });
      return entry !== undefined && isHealthy(entry, input.observation);
    })
  );
}

/** How many targets of live pods may go before the floor is reached. Only what ELB was seen to have keeps the floor. */
function targetsAboveFloor(input: PlanInput): number {
  const live = livePodsOf(input);
  const standing = live.filter(({ pod, target }) => {
    const entry = target && ownEntry(input, { pod, target });
    return entry !== undefined && isStanding(entry, input.observation);
  });
  return standing.length - floorOf(live.length, input.policy.floor);
}
