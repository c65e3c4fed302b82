import { targetKey, type TargetKey } from '../ledger/ledger.ts';
import { floorOf } from './floor.ts';
import { isStanding } from './health.ts';
import type { PlanInput } from './input.ts';
import type { Holdable } from './removal-verdict.ts';
import { ownEntry, runningOf } from './wanted.ts';

/** How many targets of subjects that run may leave, before fewer than the floor are left. */
export interface RunningFloor {
  /** Whether the target may leave: where ELB was not seen to have it, nobody would miss it. */
  allows(key: TargetKey): boolean;
  /** Counts it as gone. */
  take(key: TargetKey): void;
}

/**
 * The floor is a share of what runs, registered or not, so that no row of small steps goes below it. Endpoints that are
 * written down no more count as well until they have left: all of them together, or none.
 */
export function createRunningFloor(input: PlanInput, holdable: readonly Holdable[]): RunningFloor {
  const running = runningOf(input);
  const standing = new Set(
    running
      .map((candidate) => ownEntry(input, candidate))
      .filter((entry) => entry !== undefined)
      .filter((entry) => isStanding(entry, input.observation))
      .map(({ target }) => targetKey(target)),
  );
  const gone = holdable.filter(({ verdict }) => verdict.cause === 'endpoint-gone').length;
  const floor = floorOf(running.length + gone, input.policy.floor);
  return {
    allows: (key) => standing.size - (standing.has(key) ? 1 : 0) >= floor,
    take: (key) => void standing.delete(key),
  };
}
