import type { Binding } from '@targetgate/shared/model';
import { targetKey, type LedgerEntry } from '../../ledger/ledger.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';

/** Lets a deleted binding go. Targets that had to be left behind are named where operators look. */
export async function release(
  binding: Binding,
  abandoned: readonly LedgerEntry[],
  state: BindingState,
  { bindingApi }: SyncContext,
): Promise<undefined> {
  await bindingApi.setFinalizer(binding, false);
  state.released = true;
  state.logger.info('released');
  if (abandoned.length === 0) return;
  const targets = abandoned.map((entry) => targetKey(entry.target)).join(', ');
  state.logger.error({ targets }, 'targets abandoned');
  const message = `these targets could not be deregistered and stay in the target group: ${targets}`;
  // A namespace that is being deleted takes no events.
  await bindingApi.warn(binding, 'TargetsAbandoned', message).catch((err: unknown) => {
    state.logger.warn({ err }, 'no event was written');
  });
}
