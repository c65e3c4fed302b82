import { spreadOf, type PlanInput } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';

/** How often the facts of a target group are asked for anew, in milliseconds; they change rarely. */
const everyMs = 600_000;

/** The same, while the group's tags keep the binding from its work. */
const whileRefusedMs = 60_000;

/** Facts that nothing waits for are first asked for within this time, so that a start does not use up the quota. */
const firstWithinMs = 60_000;

/**
 * When the facts of a target group are to be asked for (epoch ms), and whether nothing can be planned without them.
 *
 * | known | needed | a target was refused | due                                                      |
 * | ----- | ------ | -------------------- | -------------------------------------------------------- |
 * | no    | yes    |                      | now                                                      |
 * | no    | no     | yes                  | now: what the binding leaves out may be why              |
 * | no    | no     | no                   | within a minute, differently for each binding            |
 * | yes   |        |                      | about ten minutes after the last, differently for each; |
 * |       |        |                      | about one where the group's tags refuse the namespace    |
 */
export function factsDue(
  { binding, resolution, targetType, refused }: PlanInput,
  facts: BindingState['facts'],
  startedAt: number,
): { readonly isNeeded: boolean; readonly dueAt: number } {
  const isNeeded = targetType === undefined || resolution.problem?.reason === 'TenancyUnknown';
  // Somebody may tag the group after all.
  const isRefusedByTag =
    resolution.problem?.reason === 'TargetGroupNotAllowed' && facts?.of?.tags !== undefined;
  const spread = spreadOf(binding.uid);
  if (facts !== undefined && (facts.of !== undefined || !isNeeded)) {
    const interval = isRefusedByTag ? whileRefusedMs : everyMs;
    return { isNeeded, dueAt: facts.askedAt + interval * (0.9 + 0.2 * spread) };
  }
  const isUrgent = isNeeded || refused.size > 0;
  return { isNeeded, dueAt: startedAt + (isUrgent ? 0 : firstWithinMs * spread) };
}
