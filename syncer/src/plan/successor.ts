import type { Candidate, Registration, Subject } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import type { PlanInput } from './input.ts';
import { isGateClosed } from './wanted.ts';

/** The candidates of a binding, to be found. Of two with one uid or one target, the one that is wanted more. */
export interface Candidates {
  readonly byUid: ReadonlyMap<string, Candidate>;
  readonly byTarget: ReadonlyMap<TargetKey, Candidate>;
}

export function candidatesOf({ resolution }: PlanInput): Candidates {
  const byUid = new Map<string, Candidate>();
  const byTarget = new Map<TargetKey, Candidate>();
  for (const candidate of (resolution.candidates ?? []).toSorted(byRank)) {
    const { subject, target } = candidate;
    if (!byUid.has(subject.uid)) byUid.set(subject.uid, candidate);
    if (target !== undefined && !byTarget.has(targetKey(target))) byTarget.set(targetKey(target), candidate);
  }
  return { byUid, byTarget };
}

const ranks: readonly Registration[] = ['wanted', 'not-ready', 'leaving'];
const byRank = (a: Candidate, b: Candidate): number =>
  ranks.indexOf(a.registration) - ranks.indexOf(b.registration);

/** The candidate that an entry was registered for. An endpoint's pod may stand behind several addresses. */
export function candidateOf(
  { subject, target }: LedgerEntry,
  { byUid, byTarget }: Candidates,
): Candidate | undefined {
  const there = byTarget.get(targetKey(target));
  return there?.subject.uid === subject.uid ? there : byUid.get(subject.uid);
}

/**
 * The candidate that goes on with the registration of a subject that the binding does not select any more: it is the
 * same machine or address under another name, so that there is nothing to drain.
 *
 * | registered for   | selected with this target | its gate   | goes on with it                          |
 * | ---------------- | ------------------------- | ---------- | ---------------------------------------- |
 * |                  |                           | closed     | no: it waits for one of its own          |
 * | a node           | a node                    |            | yes: it is the same instance             |
 * | an endpoint      | an endpoint or a pod      | none, open | yes: it was written anew                 |
 * | a pod that stays | an endpoint               | none, open | yes: the service has lost its selector   |
 * | otherwise        |                           |            | no: addresses are used again             |
 */
export function successorOf(
  entry: LedgerEntry,
  input: PlanInput,
  { byUid, byTarget }: Candidates,
): Candidate | undefined {
  const { subject, target } = entry;
  if (byUid.has(subject.uid)) return undefined;
  const candidate = byTarget.get(targetKey(target));
  if (candidate === undefined || isGateClosed(input, candidate.subject.uid)) return undefined;
  return mayFollow(subject, candidate.subject, input) ? candidate : undefined;
}

function mayFollow(earlier: Subject, { kind }: Subject, { subjects }: PlanInput): boolean {
  switch (earlier.kind) {
    case 'node':
      return kind === 'node';
    case 'endpoint':
      return kind !== 'node';
    case 'pod':
      return kind === 'endpoint' && subjects.get(earlier.uid)?.state === 'live';
  }
}
