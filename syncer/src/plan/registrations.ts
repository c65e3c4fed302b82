import { targetKey } from '../ledger/ledger.ts';
import type { Registering } from './action.ts';
import { healthOf } from './health.ts';
import type { PlanInput } from './input.ts';
import { isDraining } from './observation.ts';
import { wantedTargets } from './wanted.ts';

/**
 * Which targets to register.
 *
 * | wanted | ledger has the target for | its registration       | seen by ELB    | register          |
 * | ------ | ------------------------- | ---------------------- | -------------- | ----------------- |
 * | no     |                           |                        |                | no                |
 * | yes    | nobody                    |                        |                | yes               |
 * | yes    | another pod               |                        |                | no: removed first |
 * | yes    | this pod                  | not known to succeed   |                | yes, again        |
 * | yes    | this pod                  | done                   | not registered | yes, again        |
 * | yes    | this pod                  | done                   | draining       | yes, again        |
 * | yes    | this pod                  | done                   | otherwise      | no                |
 *
 * A target with a call under way, or one that ELB refused a short while ago, is not planned for.
 */
export function planRegistrations(input: PlanInput): readonly Registering[] {
  return [...wantedTargets(input)]
    .filter(([key, { pod }]) => !input.busy.has(key) && input.refused.get(key)?.podUid !== pod.uid)
    .map(([, wanted]) => wanted)
    .filter((wanted) => isMissing(input, wanted));
}

function isMissing({ ledger, observation }: PlanInput, { pod, target }: Registering): boolean {
  const entry = ledger?.get(targetKey(target));
  if (entry === undefined) return true;
  if (entry.podUid !== pod.uid) return false;
  if (entry.registeredAt === undefined) return true;
  const known = healthOf(entry, observation);
  return known.known === 'absent' || (known.known === 'health' && isDraining(known.health));
}
