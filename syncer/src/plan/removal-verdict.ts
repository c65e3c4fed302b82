import { targetKey, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import type { RemovalCause } from './action.ts';
import type { PlanInput } from './input.ts';
import { candidateOf, successorOf, type Candidates } from './successor.ts';

/** When a target is removed: the cause decides. */
export type RemovalVerdict =
  | { readonly when: 'never' }
  | { readonly when: 'confirm' }
  | { readonly when: 'at-once' | HoldableWhen; readonly cause: RemovalCause };

/** Removals of subjects that still run, or may: they are held until they can do no harm (holding.ts). */
export type HoldableWhen = 'above-floor' | 'after-replacements' | 'by-hand';

/** A target of ours, and what is to become of it. */
export interface Judged<Verdict extends RemovalVerdict = RemovalVerdict> {
  readonly key: TargetKey;
  readonly entry: LedgerEntry;
  readonly verdict: Verdict;
}

/** A removal that may have to wait. */
export type Holdable = Judged<{ readonly when: HoldableWhen; readonly cause: RemovalCause }>;

const never: RemovalVerdict = { when: 'never' };
const atOnce = (cause: RemovalCause): RemovalVerdict => ({ when: 'at-once', cause });

/**
 * Whether to remove a target of ours, and why; the first row that fits. ELB's `unhealthy` is never a cause.
 *
 * | the entry's subject          | service | selected                 | its target   | registration | verdict                    |
 * | ---------------------------- | ------- | ------------------------ | ------------ | ------------ | -------------------------- |
 * | pod or node, seen to end     |         |                          |              |              | at once: pod-, node-gone   |
 * | pod or node, in no cache     |         |                          |              |              | confirm                    |
 * | pod, terminating or finished |         |                          |              |              | at once                    |
 * | pod, has not this address    |         |                          |              |              | at once: target-changed    |
 * | live                         | missing |                          |              |              | by hand: service-gone      |
 * | live                         | problem |                          |              |              | never                      |
 * | endpoint                     | found   | another with its address |              |              | at once: endpoint-gone     |
 * | endpoint                     | found   | no                       |              |              | above floor: endpoint-gone |
 * | live                         | found   | no                       |              |              | after replacements         |
 * | live                         | found   | yes                      | unknown      |              | never                      |
 * | endpoint                     | found   | yes                      |              | leaving      | at once: -terminating      |
 * | live                         | found   | yes                      | another port |              | after replacements         |
 * | node                         | found   | yes                      | same         | leaving      | above floor: node-leaving  |
 * | live                         | found   | yes                      | same         | wanted       | never                      |
 * | live                         | found   | yes                      | same         | not-ready    | above floor: not-ready     |
 *
 * A subject whose registration another one goes on with (successor.ts) is judged by that one. A pod that has no address
 * at all has lost its own only where another pod has it: an answer that lacks something is no answer.
 */
export function removalVerdict(entry: LedgerEntry, input: PlanInput, candidates: Candidates): RemovalVerdict {
  const { subject, target } = entry;
  const { problem } = input.resolution;
  const key = targetKey(target);
  const successor = successorOf(entry, input, candidates);
  if (successor === undefined || subject.kind !== 'node') {
    const end = endOf(entry, input);
    if (end !== undefined) return end;
  }
  if (hasLostAddress(entry, input, candidates)) return atOnce('target-changed');

  if (problem?.reason === 'ServiceNotFound') return { when: 'by-hand', cause: 'service-gone' };
  if (problem) return never;
  const candidate = candidateOf(entry, candidates) ?? successor;
  if (candidate === undefined) {
    if (subject.kind !== 'endpoint') return { when: 'after-replacements', cause: 'not-selected' };
    return candidates.byTarget.has(key)
      ? atOnce('endpoint-gone')
      : { when: 'above-floor', cause: 'endpoint-gone' };
  }

  if (candidate.target === undefined) return never;
  const isNode = candidate.subject.kind === 'node';
  if (candidate.registration === 'leaving' && !isNode) return atOnce('endpoint-terminating');
  if (targetKey(candidate.target) !== key) return { when: 'after-replacements', cause: 'target-changed' };
  switch (candidate.registration) {
    case 'wanted':
      return never;
    case 'not-ready':
      return { when: 'above-floor', cause: 'not-ready' };
    case 'leaving':
      return { when: 'above-floor', cause: 'node-leaving' };
  }
}

/** The verdict on a pod or node that ends or has ended; undefined while it stays. */
function endOf({ subject }: LedgerEntry, { subjects, ended }: PlanInput): RemovalVerdict | undefined {
  const { kind, uid } = subject;
  // An endpoint is all that is known of what stands behind it: it ends when it is written down no more.
  if (kind === 'endpoint') return undefined;
  const found = subjects.get(uid);
  if (found === undefined) return ended.has(uid) ? atOnce(`${kind}-gone`) : { when: 'confirm' };
  switch (found.state) {
    case 'finished':
      return atOnce('pod-finished');
    case 'terminating':
      return atOnce('pod-terminating');
    case 'live':
      return undefined;
  }
}

/** The target reaches whoever has the address now. What an EndpointSlice says of a pod's addresses is believed. */
function hasLostAddress(
  { subject, target }: LedgerEntry,
  { subjects }: PlanInput,
  { byTarget }: Candidates,
): boolean {
  const addresses = subject.kind === 'pod' ? subjects.get(subject.uid)?.addresses : undefined;
  if (addresses === undefined || addresses.includes(target.id)) return false;
  const holder = byTarget.get(targetKey(target))?.subject.uid;
  if (holder === subject.uid) return false;
  return addresses.length > 0 || holder !== undefined;
}
