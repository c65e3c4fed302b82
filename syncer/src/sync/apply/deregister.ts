import { targetKey } from '../../ledger/ledger.ts';
import type { Removal, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { targetsPerCall } from '../target-groups.ts';

/**
 * Deregisters targets, one call's worth, then takes them off the ledger: a crash in between deregisters them once more,
 * harmlessly.
 */
export async function deregister(
  removals: readonly Removal[],
  arn: string,
  state: BindingState,
  { targetGroups }: SyncContext,
): Promise<Trouble | undefined> {
  const { own, busy, milestones, logger } = state;
  const batch = removals.slice(0, targetsPerCall);
  const entries = batch.map(({ entry }) => entry);
  const keys = entries.map(({ target }) => targetKey(target));
  for (const key of keys) busy.add(key);
  // Until ELB has answered, and for good where the answer is lost, nobody knows whether the registrations still stand.
  const done = entries.filter((entry) => entry.registeredAt !== undefined);
  if (done.length > 0) own.put(done.map((entry) => ({ ...entry, registeredAt: undefined })));
  try {
    const result = await targetGroups.deregister(
      arn,
      entries.map(({ target }) => target),
    );
    if ('trouble' in result) return result.trouble;
    own.remove(keys);
    for (const { podUid } of entries) milestones.deregistered(podUid);
    const targets = batch.map(({ entry, cause }) => [targetKey(entry.target), entry.podName, cause]);
    logger.info({ targets }, 'deregistered');
    return undefined;
  } finally {
    for (const key of keys) busy.delete(key);
  }
}
