import { politeInterval, type PlanInput } from '../plan/index.ts';
import { spreadOf } from '../spread.ts';
import type { BindingState } from './binding-state.ts';
import type { Urgency } from './turns.ts';

/** What the facts of a group take: DescribeTargetGroups, DescribeTargetGroupAttributes and perhaps DescribeTags. */
const callsEach = 3;

/**
 * How often the facts of a target group are asked for anew, in milliseconds. Targets' type, protocol and VPC never
 * change; what does, the health check's interval, attributes and load balancers, is somebody's rare decision, and delays
 * that were changed show in the next drains.
 */
const everyMs = 3_600_000;

/** The same, while ELB refuses a target, which the facts may explain. */
const refusedEveryMs = 600_000;

/** The same, while something waits for another answer. */
const missingEveryMs = 60_000;

/** For so long, in milliseconds, pods of a new binding are made whose ends depend on what is missing. */
const newForMs = 600_000;

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
 * When the facts of a target group are to be asked for, and how. Where many groups share the quota, a minute, ten minutes
 * and an hour are longer if nothing waits (plan/polite-interval.ts).
 *
 * | known | needed | a target was refused | the binding | due                                                      |
 * | ----- | ------ | -------------------- | ----------- | -------------------------------------------------------- |
 * | no    | yes    |                      |             | now                                                      |
 * | no    | no     | yes                  |             | now: what the binding leaves out may be why              |
 * | no    | no     | no                   | is new      | now: its very next pods should outlast the drain         |
 * | no    | no     | no                   | is not      | within a minute, differently for each binding            |
 * | yes   |        |                      |             | the first of these after the last, about so much later,  |
 * |       |        |                      |             | differently for each binding:                            |
 * |       |        |                      |             | - a minute, where the group's tags refuse the namespace; |
 * |       |        |                      |             |   where a drain contradicts the delay since; and, for    |
 * |       |        |                      |             |   ten minutes, where that of a new one's is not known    |
 * |       |        | yes                  |             | - ten minutes                                            |
 * |       |        |                      |             | - an hour                                                |
 *
 * A binding is new where no controller had written its status before this program saw it. The statuses of the others
 * remember what their groups are like.
 */
export function factsDue(
  { binding, resolution, targetType, refused, sharingQuota }: PlanInput,
  {
    facts,
    doubtedAt = 0,
    seen: { startedAt, isNew },
  }: {
    readonly facts: BindingState['facts'];
    /** When something last happened that they do not explain (epoch ms). */
    readonly doubtedAt: number | undefined;
    readonly seen: FirstSeen;
  },
): FactsDue {
  const isNeeded = targetType === undefined || resolution.problem?.reason === 'TenancyUnknown';
  // Somebody may tag the group after all.
  const isRefusedByTag =
    resolution.problem?.reason === 'TargetGroupNotAllowed' && facts?.of?.tags !== undefined;
  const spread = spreadOf(binding.uid);
  const isFirstOfNew = isNew && facts === undefined;
  const urgency = isNeeded || isFirstOfNew ? 'awaited' : 'routine';
  const politely = (everyMs: number): number => politeInterval(everyMs, sharingQuota.bindings * callsEach);
  if (facts !== undefined && (facts.of !== undefined || !isNeeded)) {
    const isRecent = isNew && facts.askedAt - startedAt < newForMs;
    const isDelayMissing = isRecent && facts.of?.deregistrationDelaySeconds === undefined;
    const isAnswerMissing = isRefusedByTag || isDelayMissing || doubtedAt > facts.askedAt;
    const usual = politely(refused.size > 0 ? refusedEveryMs : everyMs);
    const interval = isAnswerMissing ? missingEveryMs : usual;
    return { isNeeded, urgency, dueAt: facts.askedAt + interval * (0.9 + 0.2 * spread) };
  }
  const within = isNeeded || isNew || refused.size > 0 ? 0 : politely(firstWithinMs);
  return { isNeeded, urgency, dueAt: startedAt + within * spread };
}
