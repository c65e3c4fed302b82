import type { Pod } from '@targetgate/shared/model';
import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import type { BindingId } from '../route.ts';
import { writeConditions } from './write-conditions.ts';

/**
 * Opens the gates of pods whose binding does not exist: nothing else ever would. The API server is asked first: a
 * binding that was just made may be in the webhook's cache and not yet in ours.
 */
export async function openOrphans(
  pods: readonly Pod[],
  id: BindingId,
  state: Pick<BindingState, 'conditions' | 'milestones' | 'logger'>,
  context: SyncContext,
): Promise<Trouble | undefined> {
  if (await context.reads.bindingExists(id)) {
    return { reason: 'CacheBehind', message: `the watch has not shown TargetGroupBinding ${id.name} yet` };
  }
  // It may have been made while the answer was on its way.
  if (context.snapshot.binding(id.namespace, id.name) !== undefined) return undefined;
  const condition = {
    status: 'True',
    reason: 'BindingNotFound',
    message: `there is no TargetGroupBinding ${id.name}: nothing will register this pod`,
  } as const;
  return writeConditions(
    pods.map((pod) => ({ pod, condition })),
    state,
    context,
  );
}
