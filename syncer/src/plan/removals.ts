import type { LedgerEntry } from '../ledger/ledger.ts';
import type { HeldRemoval, Removal } from './action.ts';
import { createHoldingRules } from './holding.ts';
import type { PlanInput } from './input.ts';
import { removalVerdict, type Holdable, type Judged } from './removal-verdict.ts';
import { isSuperseded, sharingOf } from './siblings.ts';
import type { Candidates } from './successor.ts';

/** Removals as they are planned: those to make now, those that wait, and what becomes of the others. */
export interface PlannedRemovals {
  readonly now: readonly Removal[];
  readonly held: readonly HeldRemoval[];
  /** Targets that another binding goes on with. */
  readonly handedOver: readonly LedgerEntry[];
  /** Entries whose subjects vanished unseen. */
  readonly unconfirmed: readonly LedgerEntry[];
  /** When time alone lets a held removal go (epoch ms). */
  readonly againAt: number | undefined;
}

/**
 * The removals of a round: the verdict on each target (removal-verdict.ts), and whether it waits (holding.ts).
 *
 * A target that another binding of the same group has registered too, for the same live subject or for another one
 * since, is handed over to that binding, not removed, when no call of ours can register it any more; one that the other
 * is about to register is not planned for until it has, nor is a target with a call under way, or one that was
 * deregistered and may come back.
 */
export function planRemovals(input: PlanInput, candidates: Candidates): PlannedRemovals {
  const all = [...(input.ledger ?? [])]
    .filter(([key]) => !input.busy.has(key) && !input.unsettled.has(key))
    .map(([key, entry]): Judged => ({ key, entry, verdict: removalVerdict(entry, input, candidates) }));
  const superseded = all.filter(
    ({ key, entry, verdict }) => verdict.when !== 'never' && isSuperseded(input.siblings, key, entry),
  );
  const judged = all.filter((one) => !superseded.includes(one));
  const bySharing = Object.groupBy(judged.filter(isHoldable), ({ key, entry }) =>
    sharingOf(input.siblings, key, entry),
  );
  // Of two bindings that are both in doubt, neither waits for the other: they would do so for ever.
  const doubtful = (bySharing.awaited ?? []).filter(({ entry }) => entry.registeredAt === undefined);
  const shared = bySharing.shared ?? [];
  const holdable = [...(bySharing.none ?? []), ...doubtful];
  // What leaves now, or may have left, keeps nobody else from the floor.
  const staying = judged.filter(({ verdict }) => verdict.when !== 'at-once' && verdict.when !== 'confirm');
  const rest = { ...input, ledger: new Map(staying.map(({ key, entry }) => [key, entry])) };
  const holdOf = createHoldingRules(rest, holdable);

  const now: Removal[] = judged.flatMap(({ entry, verdict }) =>
    verdict.when === 'at-once' ? [removalOf(entry, verdict)] : [],
  );
  const held: HeldRemoval[] = [];
  const times: number[] = [];
  for (const one of holdable) {
    const removal = removalOf(one.entry, one.verdict);
    const hold = holdOf(one);
    if (hold === undefined) {
      now.push(removal);
      continue;
    }
    held.push({ ...removal, until: hold.until });
    if (hold.untilTime !== undefined) times.push(hold.untilTime);
  }
  return {
    now,
    held,
    handedOver: [...superseded, ...shared]
      .filter(({ key }) => !input.landing.has(key))
      .map(({ entry }) => entry),
    unconfirmed: judged.filter(({ verdict }) => verdict.when === 'confirm').map(({ entry }) => entry),
    againAt: times.length > 0 ? Math.min(...times) : undefined,
  };
}

function isHoldable(one: Judged): one is Holdable {
  const { when } = one.verdict;
  return when !== 'never' && when !== 'confirm' && when !== 'at-once';
}

const removalOf = (
  { target, subject }: LedgerEntry,
  { cause }: Pick<Removal, 'cause'>,
): Removal & Pick<HeldRemoval, 'subject'> => ({ target, subject, cause });
