import type { Trouble } from '../../plan/index.ts';
import type { Work } from './register.ts';

/** Asks ELB for the health of the whole target group. */
export async function look({ binding, arn, state, context }: Work): Promise<Trouble | undefined> {
  const askedAt = context.clock.now();
  const health = await context.targetGroups.as(binding.role).health(arn);
  if ('trouble' in health) return health.trouble;
  state.observation = { askedAt, targets: health.ok };
  return undefined;
}
