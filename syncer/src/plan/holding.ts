import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import { isHealthy } from './health.ts';
import type { PlanInput } from './input.ts';
import type { Holdable } from './removal-verdict.ts';
import { createReplacement } from './replacement.ts';
import { createRunningFloor } from './running-floor.ts';

/** What a removal waits for: an event in words, and perhaps a time (epoch ms) that does as well. */
export interface Hold {
  readonly until: string;
  readonly untilTime?: number;
}

/**
 * Whether the removal of a subject that may still run waits; each one that need not counts as made for those after it.
 * The input's ledger has no targets that leave otherwise.
 *
 * | verdict            | goes ahead when                                                                              |
 * | ------------------ | -------------------------------------------------------------------------------------------- |
 * | any                | a person says so (allow-removals-until)                                                      |
 * | any other          | what siblings have is known, or has not been for 10 min; and, besides:                       |
 * | above floor        | half of what runs keeps its targets (running-floor.ts), and another target is healthy        |
 * | after replacements | every live subject that is selected is healthy, and they are at least half of those replaced |
 * | the same, 10 min   | the healthy ones are at least half of those replaced, whatever the others are                |
 * | the same, at quota | the replacements need the room, half keep their targets, and another target is healthy       |
 * | by hand            | never                                                                                        |
 */
export function createHoldingRules(
  input: PlanInput,
  holdable: readonly Holdable[],
): (removal: Holdable) => Hold | undefined {
  const { settings, policy, heldSince, observation, siblings, now } = input;
  const isAllowed = (settings.allowRemovalsUntil ?? 0) > now;
  const floor = createRunningFloor(input, holdable);
  const replacement = createReplacement(input, holdable);
  let healthy = [...(input.ledger?.values() ?? [])].filter((entry) => isHealthy(entry, observation)).length;
  // One whose registration is not known to stand does not count as another that is healthy; yet ELB may send to it.
  const isLastHealthy = (entry: LedgerEntry): boolean =>
    healthy === (isHealthy(entry, observation) ? 1 : 0) &&
    observation?.targets.get(targetKey(entry.target))?.state === 'healthy';

  function holdOf({ key, entry, verdict }: Holdable): Hold | undefined {
    if (isAllowed) return undefined;
    const timeIsUpAt = (heldSince.get(key) ?? now) + policy.replaceWithinMs;
    const isTimeUp = timeIsUpAt <= now;
    if (!siblings.known && !isTimeUp) {
      return { until: 'what the other bindings of the target group have is known', untilTime: timeIsUpAt };
    }
    switch (verdict.when) {
      case 'by-hand':
        return { until: 'the service is back, or a person allows it' };
      case 'above-floor':
        if (!floor.allows(key)) return { until: 'enough others of the binding are registered' };
        if (isLastHealthy(entry)) return { until: 'another target is healthy' };
        floor.take(key);
        return undefined;
      case 'after-replacements':
        if (replacement.isDone(isTimeUp)) return undefined;
        if (replacement.mayMakeRoom() && !isLastHealthy(entry)) {
          replacement.makeRoom();
          return undefined;
        }
        return {
          until: 'enough of those that are selected instead are healthy, and all of them',
          ...(!isTimeUp && { untilTime: timeIsUpAt }),
        };
    }
  }

  return (removal) => {
    const hold = holdOf(removal);
    if (hold === undefined && isHealthy(removal.entry, observation)) healthy--;
    return hold;
  };
}
