import type { Binding } from '@targetgate/shared/model';
import { targetKey, type LedgerEntry } from '../../ledger/ledger.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { bindingSubject } from '../events.ts';

/** Lets a deleted binding go. Targets that had to be left behind are named where operators look. */
export async function release(
  binding: Binding,
  abandoned: readonly LedgerEntry[],
  state: BindingState,
  { bindingApi, events, names }: SyncContext,
): Promise<undefined> {
  // First: while the binding is there, a release that was cut short is made again.
  await state.own.release();
  if (abandoned.length > 0) {
    const targets = abandoned.map((entry) => targetKey(entry.target)).join(', ');
    state.logger.error({ targets }, 'targets abandoned');
    const message = `these targets could not be deregistered and stay in the target group: ${targets}`;
    events.warn(bindingSubject(binding, names), 'TargetsAbandoned', message);
  }
  await bindingApi.setFinalizer(binding, false);
  state.released = true;
  state.logger.info('released');
  return undefined;
}
