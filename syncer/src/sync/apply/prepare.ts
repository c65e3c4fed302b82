import type { Binding } from '@targetgate/shared/model';
import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';

const notSet: Trouble = {
  reason: 'TargetGroupNotSet',
  message: 'set targetGroupARN or targetGroupName',
};

/**
 * Makes a binding ready for plans: reads its ledger, finds its target group, and holds its finalizer, so that it cannot
 * vanish while it has targets.
 *
 * A binding that is being deleted needs only the group that its ledger speaks of, whatever the spec says by now.
 */
export async function prepare(
  binding: Binding,
  state: BindingState,
  context: SyncContext,
): Promise<Trouble | undefined> {
  const { targetGroups, bindingApi } = context;
  if (state.own.ledger === undefined) await state.own.load();
  const recorded = state.own.recordedArn;
  if (binding.deletedAt !== undefined && recorded !== undefined) {
    state.arn = recorded;
    state.arnOf = binding.targetGroup;
    return undefined;
  }
  if (binding.targetGroup === undefined) return notSet;
  const found = await targetGroups.find(binding.targetGroup);
  if ('trouble' in found) return found.trouble;
  const trouble = await settleChangedGroup(found.ok, state, context);
  if (trouble) return trouble;
  if (binding.deletedAt === undefined) await bindingApi.setFinalizer(binding, true);
  state.arn = found.ok;
  state.arnOf = binding.targetGroup;
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
