import type { Pod } from '@targetgate/shared/model';
import type { GateCondition } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';

/** A pod and the condition that its gate should have. */
export interface ConditionToWrite {
  readonly pod: Pod;
  readonly condition: GateCondition;
}

/** Patches pods in parallel. One pod's failure does not keep the others' from being written; it is thrown after them. */
export async function writeConditions(
  writes: readonly ConditionToWrite[],
  { conditions, milestones, logger }: Pick<BindingState, 'conditions' | 'milestones' | 'logger'>,
): Promise<undefined> {
  const results = await Promise.allSettled(
    writes.map(async ({ pod, condition }) => {
      if (!(await conditions.write(pod, condition))) return;
      if (condition.status === 'True') milestones.gateOpened(pod.uid);
      logger.info({ pod: pod.name, status: condition.status, reason: condition.reason }, 'gate written');
    }),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
