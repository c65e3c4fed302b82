import { politeInterval, spreadOf, type PlanInput } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';
import type { Urgency } from './turns.ts';

/** What the facts of a group take: DescribeTargetGroups, DescribeTargetGroupAttributes and perhaps DescribeTags. */
const callsEach = 3;

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

/** When to ask for the facts of a target group, and how. */
export interface FactsDue {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  /** Nothing can be planned without them. */
  readonly isNeeded: boolean;
  readonly urgency: Urgency;
}

/**
 * When the facts of a target group are to be asked for, and how. Where many groups share the quota, a minute and ten
 * minutes are longer if nothing waits (plan/polite-interval.ts).
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
  { binding, resolution, targetType, refused, sharingQuota }: PlanInput,
  facts: BindingState['facts'],
  { startedAt, isNew }: FirstSeen,
): FactsDue {
  const isNeeded = targetType === undefined || resolution.problem?.reason === 'TenancyUnknown';
  // Somebody may tag the group after all.
  const isRefusedByTag =
    resolution.problem?.reason === 'TargetGroupNotAllowed' && facts?.of?.tags !== undefined;
  const spread = spreadOf(binding.uid);
  const isFirstOfNew = isNew && facts === undefined;
  const urgency = isNeeded || isFirstOfNew ? 'awaited' : 'routine';
  const politely = (everyMs: number): number => politeInterval(everyMs, sharingQuota * callsEach);
  if (facts !== undefined && (facts.of !== undefined || !isNeeded)) {
    const isRecent = isNew && facts.askedAt - startedAt < everyMs;
    const isDelayMissing = isRecent && facts.of?.deregistrationDelaySeconds === undefined;
    const interval = isRefusedByTag || isDelayMissing ? missingEveryMs : politely(everyMs);
    return { isNeeded, urgency, dueAt: facts.askedAt + interval * (0.9 + 0.2 * spread) };
  }
  const within = isNeeded || isNew || refused.size > 0 ? 0 : politely(firstWithinMs);
  return { isNeeded, urgency, dueAt: startedAt + within * spread };
}
