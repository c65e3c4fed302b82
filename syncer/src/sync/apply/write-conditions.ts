import type { Binding, Pod } from '@targetgate/shared/model';
import type { Ask, GateCondition } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { ClusterReads } from '../cluster-reads.ts';

/** A pod and the condition that its gate should have. */
export interface ConditionToWrite {
  readonly pod: Pod;
  readonly condition: GateCondition;
  /** What the API server itself has to confirm first. */
  readonly ask?: Ask;
}

/** So many patches are under way at once: a group of a thousand pods must not open a thousand connections. */
const atOnce = 32;

/** Patches pods, some in parallel. One pod's failure does not keep the others' from being written. */
export async function writeConditions(
  writes: readonly ConditionToWrite[],
  { conditions, milestones, logger }: Pick<BindingState, 'conditions' | 'milestones' | 'logger'>,
): Promise<undefined> {
  const queue = writes.values();
  const writeNext = async (): Promise<void> => {
    for (const { pod, condition } of queue) {
      if (!(await conditions.write(pod, condition))) continue;
      if (condition.status === 'True') milestones.gateOpened(pod.uid);
      logger.info({ pod: pod.name, status: condition.status, reason: condition.reason }, 'gate written');
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, writes.length) }, writeNext));
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
