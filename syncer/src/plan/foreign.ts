import { targetOfKey, type TargetKey } from '../ledger/ledger.ts';
import type { Removal } from './action.ts';
import type { PlanInput } from './input.ts';
import { isDraining } from './observation.ts';
import { isOfSibling } from './siblings.ts';
import { isServing, liveOf, wantedTargets } from './wanted.ts';

/** Targets of the group that neither we nor a sibling has registered, and that nothing of ours is about to be. */
export function foreignTargets(input: PlanInput): readonly TargetKey[] {
  const { ledger, busy, observation, siblings } = input;
  if (ledger === undefined || observation === undefined || !siblings.known) return [];
  const wanted = wantedTargets(input);
  return [...observation.targets]
    .filter(([key, health]) => !isDraining(health) && !ledger.has(key) && !wanted.has(key) && !busy.has(key))
    .map(([key]) => key)
    .filter((key) => !isOfSibling(siblings, key));
}

/**
 * Foreign targets are kept, unless the binding says `foreign-targets: remove`; then they leave when every live subject
 * of the binding is healthy, so that the group never loses its last targets to a mistake.
 */
export function planForeign(input: PlanInput): readonly Removal[] {
  if (input.settings.foreignTargets === 'keep') return [];
  const live = liveOf(input);
  if (live.length === 0 || !live.every((candidate) => isServing(input, candidate))) return [];
  return foreignTargets(input).flatMap((key) => {
    const target = targetOfKey(key);
    return target === undefined ? [] : [{ target, subject: undefined, cause: 'foreign' as const }];
  });
}
