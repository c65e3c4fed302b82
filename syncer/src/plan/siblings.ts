import type { LedgerEntry, TargetKey } from '../ledger/ledger.ts';
import type { Siblings } from './input.ts';

/**
 * Whether a sibling goes on with this very registration: it has registered the target for the same subject too, or is
 * about to. Until it has, only our own ledger is sure to have it.
 */
export function sharingOf(
  { ledgers }: Siblings,
  key: TargetKey,
  { subject }: LedgerEntry,
): 'none' | 'awaited' | 'shared' {
  const same = ledgers.map((ledger) => ledger.get(key)).filter((entry) => entry?.subject.uid === subject.uid);
  if (same.some((entry) => entry?.registeredAt !== undefined)) return 'shared';
  return same.length > 0 ? 'awaited' : 'none';
}

/**
 * A sibling has taken the target for another subject since: what we know of it is out of date (a ledger that was read
 * again, or that an earlier binding left), and to deregister it would take it from that one.
 */
export const isSuperseded = ({ ledgers }: Siblings, key: TargetKey, ours: LedgerEntry): boolean =>
  ledgers
    .map((ledger) => ledger.get(key))
    .some(
      (entry) =>
        entry !== undefined && entry.subject.uid !== ours.subject.uid && entry.intendedAt > ours.intendedAt,
    );

/**
 * A sibling has the target, and will deregister it, or is doing so: registered now, it would be lost again. One that is
 * being deleted hands over what it has for the same subject, unless its call is under way.
 */
export function isClaimed({ ledgers, ending = [] }: Siblings, key: TargetKey, uid: string): boolean {
  const entries = [...ledgers, ...ending].map((ledger) => ledger.get(key));
  const leaving = ending.map((ledger) => ledger.get(key));
  return (
    entries.some((entry) => entry !== undefined && entry.subject.uid !== uid) ||
    leaving.some((entry) => entry !== undefined && entry.registeredAt === undefined)
  );
}

/** A sibling has the target, for whatever subject. */
export const isOfSibling = ({ ledgers, ending = [] }: Siblings, key: TargetKey): boolean =>
  [...ledgers, ...ending].some((ledger) => ledger.has(key));
