import type { Binding, TargetGroupRef } from '@targetgate/shared/model';
import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';

/**
 * Makes a binding ready for plans: finds its target group, reads its ledger, and holds its finalizer, so that it
 * cannot vanish while it has targets.
 */
export async function prepare(
  binding: Binding,
  targetGroup: TargetGroupRef,
  state: BindingState,
  context: SyncContext,
): Promise<Trouble | undefined> {
  const { targetGroups, bindingApi } = context;
  const found = await targetGroups.find(targetGroup);
  if ('trouble' in found) return found.trouble;

  if (state.own.ledger === undefined) await state.own.load();
  const trouble = await settleChangedGroup(found.ok, state, context);
  if (trouble) return trouble;

  if (binding.deletedAt === undefined) await bindingApi.setFinalizer(binding, true);
  state.arn = found.ok;
  return undefined;
}

/**
 * A ledger speaks of one target group. Where the binding now means another, the targets of the old one must not be
 * forgotten, unless that group is gone and they with it.
 */
async function settleChangedGroup(
  arn: string,
  { own }: BindingState,
  { targetGroups }: SyncContext,
): Promise<Trouble | undefined> {
  const { ledger, recordedArn } = own;
  if (recordedArn === undefined || recordedArn === arn || !ledger || ledger.size === 0) return undefined;
  const health = await targetGroups.health(recordedArn);
  if ('trouble' in health && health.trouble.reason === 'TargetGroupNotFound') {
    own.remove([...ledger.keys()]);
    return undefined;
  }
  return {
    reason: 'TargetGroupChanged',
    message: `the ledger has ${ledger.size} targets of ${recordedArn}; delete this binding and make a new one, so that they are deregistered`,
  };
}
