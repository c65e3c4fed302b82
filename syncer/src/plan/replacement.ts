import { floorOf } from './floor.ts';
import { isStanding } from './health.ts';
import type { PlanInput } from './input.ts';
import { isDraining } from './observation.ts';
import type { Holdable } from './removal-verdict.ts';
import { isServing, liveOf, ownEntry } from './wanted.ts';

/** How far what is selected now can do without what was selected before. */
export interface Replacement {
  /** Enough replacements are healthy, and all of them: or, when the time is up, whatever the others are. */
  isDone(isTimeUp: boolean): boolean;
  /** At the quota of the group, the replacements have no room yet, and one of the old can be spared. */
  mayMakeRoom(): boolean;
  /** Counts one of the old as gone. */
  makeRoom(): void;
}

export function createReplacement(input: PlanInput, holdable: readonly Holdable[]): Replacement {
  const { policy, observation, atQuota } = input;
  const replaced = holdable.filter(({ verdict }) => verdict.when === 'after-replacements');
  const live = liveOf(input);
  const serving = live.filter((candidate) => isServing(input, candidate)).length;
  const enough = Math.max(1, floorOf(replaced.length, policy.floor));

  const wanted = live.filter(({ registration }) => registration === 'wanted');
  const registered = wanted.filter((one) => ownEntry(input, one)?.registeredAt !== undefined).length;
  const standing = replaced.filter(({ entry }) => isStanding(entry, observation)).length;
  const spare = standing + serving - floorOf(Math.max(live.length, replaced.length), policy.floor);
  // Targets that drain already make room by themselves.
  const draining = [...(observation?.targets.values() ?? [])].filter(isDraining).length;
  // Where so few have targets that none can be spared, and none is on its way, they change places one by one.
  const oneByOne = draining === 0 && serving === registered ? 1 : 0;
  const needed = wanted.length - registered - draining;
  let room = atQuota ? Math.min(Math.max(spare, oneByOne), needed) : 0;
  return {
    isDone: (isTimeUp) => serving >= enough && (isTimeUp || serving === live.length),
    mayMakeRoom: () => room > 0,
    makeRoom: () => {
      room--;
    },
  };
}
