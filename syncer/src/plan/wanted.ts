import { registrationOf, type PodOfBinding } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import type { Registering } from './action.ts';
import type { PlanInput } from './input.ts';

/** The pods that belong into the target group now, by target. Of two with one address, the first by name. */
export function wantedTargets({ resolution, gate }: PlanInput): ReadonlyMap<TargetKey, Registering> {
  const wanted = new Map<TargetKey, Registering>();
  for (const { pod, target } of resolution.pods ?? []) {
    if (target === undefined || registrationOf(pod, gate) !== 'wanted') continue;
    const key = targetKey(target);
    if (!wanted.has(key)) wanted.set(key, { pod, target });
  }
  return wanted;
}

/** The pods that the binding selects and that stay, whether or not they are ready. */
export const livePodsOf = ({ resolution, gate }: PlanInput): readonly PodOfBinding[] =>
  (resolution.pods ?? []).filter(({ pod }) => registrationOf(pod, gate) !== 'leaving');

/** The ledger's entry for a pod's own registration of a target; an entry of another pod is not it. */
export function ownEntry({ ledger }: PlanInput, { pod, target }: Registering): LedgerEntry | undefined {
  const entry = ledger?.get(targetKey(target));
  return entry?.podUid === pod.uid ? entry : undefined;
}
