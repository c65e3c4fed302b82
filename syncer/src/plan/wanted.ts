import { isTrue } from '@targetgate/shared/model';
import type { Candidate } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import type { Registering } from './action.ts';
import { isHealthy } from './health.ts';
import type { PlanInput } from './input.ts';

/**
 * The subjects that belong into the target group now, by target. Of two with one address, the one that has it
 * registered already; or else the first by name.
 */
export function wantedTargets(input: PlanInput): ReadonlyMap<TargetKey, Registering> {
  const wanted = new Map<TargetKey, Registering>();
  for (const { subject, target, registration } of input.resolution.candidates ?? []) {
    if (target === undefined || registration !== 'wanted') continue;
    const key = targetKey(target);
    const registering = { subject, target };
    if (!wanted.has(key) || ownEntry(input, registering) !== undefined) wanted.set(key, registering);
  }
  return wanted;
}

/** The subjects that the binding selects and that stay, whether or not they are ready. */
export const liveOf = ({ resolution }: PlanInput): readonly Candidate[] =>
  (resolution.candidates ?? []).filter(({ registration }) => registration !== 'leaving');

/** The live subjects, and the nodes that are about to leave: until they have, their pods still run. */
export const runningOf = ({ resolution }: PlanInput): readonly Candidate[] =>
  (resolution.candidates ?? []).filter(
    ({ registration, subject }) => registration !== 'leaving' || subject.kind === 'node',
  );

/** The ledger's entry for a subject's own registration of its target; an entry of another subject is not it. */
export function ownEntry(
  { ledger }: Pick<PlanInput, 'ledger'>,
  { subject, target }: Candidate | Registering,
): LedgerEntry | undefined {
  const entry = target && ledger?.get(targetKey(target));
  return entry?.subject.uid === subject.uid ? entry : undefined;
}

/** True where the subject is ready, and ELB has found its own registration healthy. */
export function isServing(input: PlanInput, candidate: Candidate): boolean {
  const entry = ownEntry(input, candidate);
  return candidate.registration === 'wanted' && entry !== undefined && isHealthy(entry, input.observation);
}

/** True where the pod with this uid has the binding's gate, and it is not open. */
export function isGateClosed({ pods, gate }: PlanInput, uid: string): boolean {
  const pod = pods.get(uid);
  return pod !== undefined && pod.gates.includes(gate) && !isTrue(pod, gate);
}
