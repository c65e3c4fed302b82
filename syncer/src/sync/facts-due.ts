import { spreadOf, type PlanInput } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';

/** How often the facts of a target group are asked for anew, in milliseconds; they change rarely. */
const everyMs = 600_000;

/** The same, while something waits for another answer. */
const missingEveryMs = 60_000;

/** Facts that nothing waits for are first asked for within this time, so that a start does not use up the quota. */
const firstWithinMs = 60_000;

/** How this program came to know a binding. */
export interface FirstSeen {
  /** When, in epoch milliseconds. */
  readonly startedAt: number;
  readonly isNew: boolean;
}

/**
 * When the facts of a target group are to be asked for (epoch ms), and whether nothing can be planned without them.
 *
 * | known | needed | a target was refused | the binding | due                                                      |
 * | ----- | ------ | -------------------- | ----------- | -------------------------------------------------------- |
 * | no    | yes    |                      |             | now                                                      |
 * | no    | no     | yes                  |             | now: what the binding leaves out may be why              |
 * | no    | no     | no                   | is new      | now: its very next pods should outlast the drain         |
 * | no    | no     | no                   | is not      | within a minute, differently for each binding            |
 * | yes   |        |                      |             | about ten minutes after the last, differently for each;  |
 * |       |        |                      |             | about one where the group's tags refuse the namespace, or |
 * |       |        |                      |             | for ten minutes, the delay of a new one's is not known   |
 *
 * A binding is new where no controller had written its status before this program saw it. The statuses of the others
 * remember what their groups are like.
 */
export function factsDue(
  { binding, resolution, targetType, refused }: PlanInput,
  facts: BindingState['facts'],
  { startedAt, isNew }: FirstSeen,
): { readonly isNeeded: boolean; readonly dueAt: number } {
  const isNeeded = targetType === undefined || resolution.problem?.reason === 'TenancyUnknown';
  // Somebody may tag the group after all.
  const isRefusedByTag =
    resolution.problem?.reason === 'TargetGroupNotAllowed' && facts?.of?.tags !== undefined;
  const spread = spreadOf(binding.uid);
  if (facts !== undefined && (facts.of !== undefined || !isNeeded)) {
    const isRecent = isNew && facts.askedAt - startedAt < everyMs;
    const isDelayMissing = isRecent && facts.of?.deregistrationDelaySeconds === undefined;
    const interval = isRefusedByTag || isDelayMissing ? missingEveryMs : everyMs;
    return { isNeeded, dueAt: facts.askedAt + interval * (0.9 + 0.2 * spread) };
  }
  const isUrgent = isNeeded || refused.size > 0 || isNew;
  return { isNeeded, dueAt: startedAt + (isUrgent ? 0 : firstWithinMs * spread) };
}
