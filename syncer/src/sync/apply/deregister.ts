import { targetKey, type TargetKey } from '../../ledger/ledger.ts';
import type { Observation, Removal, Trouble } from '../../plan/index.ts';
import { isRefusal, targetsPerCall } from '../target-groups.ts';
import type { Turn } from '../turns.ts';
import type { Work } from './work.ts';

/**
 * Deregisters targets, one call's worth, then takes them off the ledger: a crash in between deregisters them once more,
 * harmlessly. Those that may come back stay in the ledger: they are deregistered once more.
 */
export async function deregister(
  removals: readonly Removal[],
  { binding, arn, state, context }: Work,
  turn: Turn,
): Promise<Trouble | undefined> {
  const { own, busy, landing, milestones, logger } = state;
  const batch = removals.slice(0, targetsPerCall);
  const targets = batch.map(({ target }) => target);
  const keys = targets.map(targetKey);
  for (const key of keys) busy.add(key);
  const comingBack = keys.filter((key) => landing.mayComeBack(key));
  // Until ELB has answered, and for good where the answer is lost, nobody knows whether the registrations still stand.
  const doubtful = keys
    .map((key) => own.ledger?.get(key))
    .filter((entry) => entry !== undefined)
    .filter((entry) => entry.registeredAt !== undefined);
  if (doubtful.length > 0) own.put(doubtful.map((entry) => ({ ...entry, registeredAt: undefined })));
  try {
    const calls = context.targetGroups.as(binding.role);
    const result = await turn.call(() => calls.deregister(arn, targets));
    if ('trouble' in result) {
      if (isRefusal(result.trouble)) own.put(doubtful);
      else landing.mayTakeOut();
      return result.trouble;
    }
    landing.deregistered(comingBack);
    state.drains.began(keys.filter((key) => state.observation?.targets.get(key)?.state === 'healthy'));
    own.remove(keys.filter((key) => own.ledger?.has(key) && !comingBack.includes(key)));
    state.observation = state.observation && withDraining(state.observation, keys);
    for (const { subject } of batch) if (subject) milestones.deregistered(subject.uid);
    const done = batch.map(({ target, subject, cause }) => [targetKey(target), subject?.name, cause]);
    logger.info({ targets: done }, 'deregistered');
    return undefined;
  } finally {
    for (const key of keys) busy.delete(key);
  }
}

/** What ELB would say of the targets now: a plan before the next look must not take them for healthy. */
function withDraining({ askedAt, targets }: Observation, keys: readonly TargetKey[]): Observation {
  const known = new Map(targets);
  for (const key of keys) if (known.has(key)) known.set(key, { state: 'draining' });
  return { askedAt, targets: known };
}
