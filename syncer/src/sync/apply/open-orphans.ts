import type { Pod } from '@targetgate/shared/model';
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
  { bindingApi }: SyncContext,
): Promise<undefined> {
  if (await bindingApi.exists(id)) return;
  const condition = {
    status: 'True',
    reason: 'BindingNotFound',
    message: `there is no TargetGroupBinding ${id.name}: nothing will register this pod`,
  } as const;
  await writeConditions(
    pods.map((pod) => ({ pod, condition })),
    state,
  );
}
