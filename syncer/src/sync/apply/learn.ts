import type { Trouble } from '../../plan/index.ts';
import type { Urgency } from '../turns.ts';
import type { Work } from './work.ts';

/**
 * Asks ELB what the target group itself is like. Trouble is told only where nothing can be planned without the answer;
 * otherwise it is logged, and asked again in its time.
 */
export async function learn(
  { binding, arn, state, context }: Work,
  { isNeeded, urgency }: { readonly isNeeded: boolean; readonly urgency: Urgency },
): Promise<Trouble | undefined> {
  const { clock, targetGroups, metrics } = context;
  const askedAt = clock.now();
  const found = await targetGroups.as(binding.role).facts(arn, urgency);
  const trouble = 'trouble' in found ? found.trouble : found.ok.missing;
  state.facts = { of: 'ok' in found ? found.ok.facts : state.facts?.of, askedAt };
  if (trouble === undefined) return undefined;
  if (isNeeded) return trouble;
  metrics.failed('facts', trouble.reason);
  state.logger.warn(trouble, 'some facts of the target group are not known');
  return undefined;
}
