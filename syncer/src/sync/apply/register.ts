import { targetKey } from '../../ledger/ledger.ts';
import type { Registering, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { targetsPerCall } from '../target-groups.ts';

/** Registers targets. The ledger says so before ELB is told: a crash in between leaks no target. */
export async function register(
  registering: readonly Registering[],
  arn: string,
  state: BindingState,
  { targetGroups, clock }: SyncContext,
): Promise<Trouble | undefined> {
  const { own, busy, milestones, logger } = state;
  const keys = registering.map(({ target }) => targetKey(target));
  const entries = registering.map(({ target, pod }) => ({
    target,
    podName: pod.name,
    podUid: pod.uid,
    intendedAt: clock.now(),
    registeredAt: undefined,
  }));
  for (const key of keys) busy.add(key);
  try {
    own.put(entries);
    await own.save(arn);
    for (let start = 0; start < entries.length; start += targetsPerCall) {
      const batch = entries.slice(start, start + targetsPerCall);
      const result = await targetGroups.register(
        arn,
        batch.map((entry) => entry.target),
      );
      if ('trouble' in result) return result.trouble;
      const registeredAt = clock.now();
      own.put(batch.map((entry) => ({ ...entry, registeredAt })));
      for (const { podUid } of batch) milestones.registered(podUid);
      logger.info({ targets: batch.map((entry) => [targetKey(entry.target), entry.podName]) }, 'registered');
    }
    return undefined;
  } finally {
    for (const key of keys) busy.delete(key);
  }
}
