import { foreignTargets } from './foreign.ts';
import { healthOf, isHealthy, isStanding } from './health.ts';
import type { PlanInput } from './input.ts';
import { isDraining } from './observation.ts';
import type { Looks } from './sightings.ts';

/**
 * Whether a look shows what nobody here has planned; where that happens, more may follow soon.
 *
 * | at the look before          | now                     | it is            |
 * | --------------------------- | ----------------------- | ---------------- |
 * | ours, healthy               | not healthy             | ill health       |
 * | ours, there, or too new     | not there, or draining  | drift            |
 * | not there, or draining      | there, and nobody's     | a foreign target |
 */
export const isSurprise = (input: PlanInput, looks: Looks): boolean =>
  isWorse(looks) || hasStrangers(input, looks);

const isWorse = ({ before, after, ledger }: Looks): boolean =>
  [...ledger.values()].some((entry) => {
    if (healthOf(entry, after).known === 'nothing') return false;
    if (isHealthy(entry, before)) return !isHealthy(entry, after);
    const wasThere = isStanding(entry, before) || healthOf(entry, before).known === 'nothing';
    return wasThere && !isStanding(entry, after);
  });

function hasStrangers(input: PlanInput, { before }: Looks): boolean {
  return foreignTargets(input).some((key) => {
    const known = before.targets.get(key);
    return known === undefined || isDraining(known);
  });
}
