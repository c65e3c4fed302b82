import type { Trouble } from '../../plan/index.ts';
import type { Turn } from '../turns.ts';
import type { Work } from './work.ts';

/** Asks ELB for the health of the whole target group. */
export async function look({ binding, arn, state, context }: Work, turn: Turn): Promise<Trouble | undefined> {
  const askedAt = context.clock.now();
  const calls = context.targetGroups.as(binding.role);
  const health = await turn.call(() => calls.health(arn));
  if ('trouble' in health) return health.trouble;
  state.observation = { askedAt, targets: health.ok };
  return undefined;
}
