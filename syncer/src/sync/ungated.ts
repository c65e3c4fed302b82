import type { Pod } from '@targetgate/shared/model';
import { longestGatedBindingName, type Names } from '@targetgate/shared/names';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { PlanInput } from '../plan/index.ts';
import type { EventSubject } from './events.ts';

/**
 * Pods that should have the binding's gate and have none: the webhook was down when they were made, or they are older
 * than the binding. They are registered when they are Ready, so a rollout does not wait for them.
 *
 * | targets | namespace asks for gates | name fits a gate | pod selected, stays | has the gate | ungated |
 * | ------- | ------------------------ | ---------------- | ------------------- | ------------ | ------- |
 * | pods    | yes                      | yes              | yes                 | no           | yes     |
 * | otherwise                                                                              || | no      |
 */
export function ungatedPods(
  { binding, gate, targetType, resolution }: PlanInput,
  names: Names,
  snapshot: Pick<Snapshot, 'namespace'>,
): readonly Pod[] {
  const asksForGates = snapshot.namespace(binding.namespace)?.labels[names.injectLabel] === 'enabled';
  if (!asksForGates || targetType !== 'ip' || binding.name.length > longestGatedBindingName) return [];
  return (resolution.candidates ?? [])
    .filter(({ subject, registration }) => subject.kind === 'pod' && registration !== 'leaving')
    .flatMap(({ pod }) => (pod !== undefined && !pod.gates.includes(gate) ? [pod] : []));
}

/** Whom the warning is about: the owner is what people restart; a bare pod has none. */
export const ungatedSubject = ({ namespace, name, uid, owner }: Pod): EventSubject =>
  owner ? { ...owner, namespace } : { apiVersion: 'v1', kind: 'Pod', namespace, name, uid };
