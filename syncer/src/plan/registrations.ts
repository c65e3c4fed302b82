import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import type { DueRegistration, Registering, Removal } from './action.ts';
import { healthOf } from './health.ts';
import type { PlanInput, Trouble } from './input.ts';
import { isDraining } from './observation.ts';
import { removalVerdict } from './removal-verdict.ts';
import { isClaimed, isOfSibling } from './siblings.ts';
import { successorOf, type Candidates } from './successor.ts';
import { isGateClosed, wantedTargets } from './wanted.ts';

/** Targets to register, targets that ELB has to forget first, and why some have to wait. */
export interface PlannedRegistrations {
  readonly register: readonly DueRegistration[];
  readonly renew: readonly Removal[];
  /** By the uids of the subjects that wait: what is in the way, where it does not go away by itself. */
  readonly obstacles: ReadonlyMap<string, Trouble>;
}

type Step =
  | { readonly step: 'register'; readonly unlessHealthy: boolean }
  | { readonly step: 'renew' | 'nothing' }
  | { readonly step: 'wait'; readonly obstacle: Trouble };

const register: Step = { step: 'register', unlessHealthy: false };
const renew: Step = { step: 'renew' };
const nothing: Step = { step: 'nothing' };
const wait = (reason: string, message: string): Step => ({ step: 'wait', obstacle: { reason, message } });

/**
 * Which targets to register; the first row that fits.
 *
 * | wanted | the target is ours for      | its registration     | seen by ELB               | register                 |
 * | ------ | --------------------------- | -------------------- | ------------------------- | ------------------------ |
 * | no     |                             |                      |                           | no                       |
 * | yes    | its predecessor             |                      |                           | yes: taken over          |
 * | yes    | another subject             |                      |                           | no: removed first        |
 * | yes    | a sibling, for another      |                      |                           | no: removed first        |
 * | yes    | nobody, siblings not known  |                      | never looked              | no: looked at first      |
 * | yes    | nobody, siblings not known  |                      | registered                | no: may be a sibling's   |
 * | yes    | nobody; no gate, or open    |                      |                           | yes                      |
 * | yes    | nobody                      |                      | never looked              | no: looked at first      |
 * | yes    | nobody                      |                      | healthy, not by a sibling | renew: deregister, again |
 * | yes    | nobody                      |                      | otherwise                 | yes                      |
 * | yes    | this subject                | not known to succeed |                           | yes, again               |
 * | yes    | this subject                | done                 | not registered, draining  | yes, again               |
 * | yes    | this subject                | done                 | otherwise                 | no                       |
 *
 * A healthy target that nobody's ledger knows was left behind by whoever had the address before: registering it again
 * would change nothing, and its health would be taken for the new pod's. A pod that serves already (its gate is open,
 * or it has none) keeps it: that is how the targets of another controller are taken over. A look may find such a target
 * after it was planned for and before the call (`unlessHealthy`).
 *
 * A target with a call under way, or one that ELB refused a short while ago, is not planned for.
 */
export function planRegistrations(input: PlanInput, candidates: Candidates): PlannedRegistrations {
  const registering: DueRegistration[] = [];
  const renewing: Removal[] = [];
  const obstacles = new Map<string, Trouble>();
  const wanted = wantedTargets(input);
  for (const { subject, target, registration } of input.resolution.candidates ?? []) {
    if (target === undefined || registration !== 'wanted') continue;
    const key = targetKey(target);
    if (input.busy.has(key) || input.refused.get(key)?.uid === subject.uid) continue;
    const first = wanted.get(key)?.subject ?? subject;
    const step =
      first.uid === subject.uid
        ? stepOf({ subject, target }, input, candidates)
        : wait('TargetTaken', `${first.kind} ${first.name} has the same target ${key}`);
    if (step.step === 'register') {
      registering.push({ subject, target, unlessHealthy: step.unlessHealthy });
    }
    if (step.step === 'renew') renewing.push({ target, subject, cause: 'stale' });
    if (step.step === 'wait') obstacles.set(subject.uid, step.obstacle);
  }
  return { register: registering, renew: renewing, obstacles };
}

function stepOf({ subject, target }: Registering, input: PlanInput, candidates: Candidates): Step {
  const { ledger, observation, siblings } = input;
  const key = targetKey(target);
  const entry = input.unsettled.has(key) ? undefined : ledger?.get(key);
  if (entry !== undefined && entry.subject.uid !== subject.uid) return afterAnother(entry, input, candidates);
  if (isClaimed(siblings, key, subject.uid)) {
    return wait('TargetTaken', `another binding of the target group has ${key} for another subject`);
  }
  if (entry === undefined) {
    const seen = observation?.targets.get(key);
    if (!siblings.known && seen !== undefined && !isDraining(seen) && !isOfSibling(siblings, key)) {
      return wait(
        'TargetTaken',
        `${key} is registered already, and may be another binding's: it is found out`,
      );
    }
    const isWaiting = isGateClosed(input, subject.uid);
    if (observation === undefined && (isWaiting || !siblings.known)) return nothing;
    if (!isWaiting || isOfSibling(siblings, key)) return register;
    // What may come back by an earlier call of ours must stay in the ledger.
    return seen?.state === 'healthy' ? renew : { step: 'register', unlessHealthy: !input.unsettled.has(key) };
  }
  if (entry.registeredAt === undefined) return register;
  const known = healthOf(entry, observation);
  const isLost = known.known === 'absent' || (known.known === 'health' && isDraining(known.health));
  return isLost ? register : nothing;
}

/** Our own target, for an earlier subject. Where that one leaves without further ado, there is nothing to tell. */
function afterAnother(entry: LedgerEntry, input: PlanInput, candidates: Candidates): Step {
  if (successorOf(entry, input, candidates) !== undefined) return register;
  const { when } = removalVerdict(entry, input, candidates);
  if (when === 'at-once' || when === 'confirm') return nothing;
  const { kind, name } = entry.subject;
  return wait('TargetTaken', `${targetKey(entry.target)} is registered for ${kind} ${name}, which stays`);
}
