import type { Binding, Pod } from '@targetgate/shared/model';
import type { Ask, GateCondition } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { ClusterReads } from '../cluster-reads.ts';
import type { SyncContext } from '../context.ts';

/** A pod and the condition that its gate should have. */
export interface ConditionToWrite {
  readonly pod: Pod;
  readonly condition: GateCondition;
  /** What the API server itself has to confirm first. */
  readonly ask?: Ask;
}

/** Patches pods, as many at once as there are slots. One pod's failure does not keep the others' from being written. */
export async function writeConditions(
  writes: readonly ConditionToWrite[],
  { conditions, milestones, logger }: Pick<BindingState, 'conditions' | 'milestones' | 'logger'>,
  { gateSlots }: Pick<SyncContext, 'gateSlots'>,
): Promise<undefined> {
  const write = async ({ pod, condition }: ConditionToWrite): Promise<void> => {
    if (!(await gateSlots.run(() => conditions.write(pod, condition)))) return;
    if (condition.status === 'True') milestones.gateOpened(pod.uid);
    logger.info({ pod: pod.name, status: condition.status, reason: condition.reason }, 'gate written');
  };
  await Promise.all(writes.map(write));
}

/** Those that may be written: the caches may be older than the pods that they are about. */
export async function confirmedWrites(
  writes: readonly ConditionToWrite[],
  binding: Binding,
  reads: ClusterReads,
): Promise<readonly ConditionToWrite[]> {
  const asks = new Set(writes.map(({ ask }) => ask));
  const isSelected = asks.has('not-selected') ? await reads.selection(binding) : () => false;
  const isBoundAnew = asks.has('not-bound-anew') && (await reads.isBoundAnew(binding));
  const denied: Readonly<Record<Ask, (pod: Pod) => boolean>> = {
    'not-selected': isSelected,
    'not-bound-anew': () => isBoundAnew,
  };
  return writes.filter(({ ask, pod }) => ask === undefined || !denied[ask](pod));
}
