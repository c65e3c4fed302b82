import { targetKey } from '../../ledger/ledger.ts';
import type { Removal, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { targetsPerCall } from '../target-groups.ts';

/** Deregisters targets, then takes them off the ledger: a crash in between deregisters them once more, harmlessly. */
export async function deregister(
  removals: readonly Removal[],
  arn: string,
  state: BindingState,
  { targetGroups }: SyncContext,
): Promise<Trouble | undefined> {
  const { own, busy, milestones, logger } = state;
  const keys = removals.map(({ entry }) => targetKey(entry.target));
  for (const key of keys) busy.add(key);
  try {
    for (let start = 0; start < removals.length; start += targetsPerCall) {
      const batch = removals.slice(start, start + targetsPerCall);
      const result = await targetGroups.deregister(
        arn,
        batch.map(({ entry }) => entry.target),
      );
      if ('trouble' in result) return result.trouble;
      own.remove(batch.map(({ entry }) => targetKey(entry.target)));
      for (const { entry } of batch) milestones.deregistered(entry.podUid);
      const targets = batch.map(({ entry, cause }) => [targetKey(entry.target), entry.podName, cause]);
      logger.info({ targets }, 'deregistered');
    }
    return undefined;
  } finally {
    for (const key of keys) busy.delete(key);
  }
}
