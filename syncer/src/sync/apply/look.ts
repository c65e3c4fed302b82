import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';

/** Asks ELB for the health of the whole target group. */
export async function look(
  arn: string,
  state: BindingState,
  { targetGroups, clock }: SyncContext,
): Promise<Trouble | undefined> {
  const askedAt = clock.now();
  const health = await targetGroups.health(arn);
  if ('trouble' in health) return health.trouble;
  state.observation = { askedAt, targets: health.ok };
  return undefined;
}
