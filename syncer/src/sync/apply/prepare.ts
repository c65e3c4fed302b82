import type { Binding } from '@targetgate/shared/model';
import { targetsOfBinding, type Subject, type Target } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry } from '../../ledger/ledger.ts';
import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { nextTurn } from '../turns.ts';
import { orderFor } from './work.ts';

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
  const { targetGroups, bindingApi, shadow } = context;
  if (state.own.ledger === undefined) {
    const inherited = await state.own.load();
    if (state.arn === undefined) expectLandings(state);
    if (inherited.length > 0) state.own.put(entriesFor(inherited, binding, context));
  }
  const recorded = state.own.recordedArn;
  if (binding.deletedAt !== undefined && recorded !== undefined) {
    state.arn = recorded;
    state.arnOf = binding.targetGroup;
    return undefined;
  }
  if (binding.targetGroup === undefined) return notSet;
  const found = await targetGroups.as(binding.role).find(binding.targetGroup);
  if ('trouble' in found) return found.trouble;
  const trouble = await settleChangedGroup(found.ok, binding, state, context);
  if (trouble) return trouble;
  if (binding.deletedAt === undefined && !shadow) await bindingApi.setFinalizer(binding, true);
  state.arn = found.ok;
  state.arnOf = binding.targetGroup;
  return undefined;
}

/** The syncer that wrote the ledger before us may have died in the middle of a call. */
function expectLandings({ own, landing }: BindingState): void {
  const entries = [...(own.ledger?.values() ?? [])];
  const doubtful = entries.filter(({ registeredAt }) => registeredAt === undefined);
  landing.mayLand(doubtful.map(({ target }) => targetKey(target)));
}

/**
 * Ledger entries for targets that another controller has recorded as this cluster's. Whoever has the address now is the
 * one that they are for; one that nobody has is an endpoint that is gone.
 */
function entriesFor(
  inherited: readonly Target[],
  binding: Binding,
  { snapshot, names, clock }: SyncContext,
): LedgerEntry[] {
  const gate = names.gate(binding.name);
  const { candidates = [] } = targetsOfBinding(binding, snapshot, { gate, group: undefined });
  const subjects = new Map<string, Subject>();
  for (const { subject, target } of candidates) if (target) subjects.set(targetKey(target), subject);
  return inherited.map((target) => {
    const gone = { kind: 'endpoint', name: target.id, uid: `inherited:${targetKey(target)}` } as const;
    const subject = subjects.get(targetKey(target)) ?? gone;
    return { target, subject, intendedAt: clock.now(), registeredAt: undefined };
  });
}

/**
 * A ledger speaks of one target group. Where the binding now means another, the targets of the old one must not be
 * forgotten, unless that group is gone and they with it.
 */
async function settleChangedGroup(
  arn: string,
  binding: Binding,
  { own }: BindingState,
  { targetGroups, turns }: SyncContext,
): Promise<Trouble | undefined> {
  const { ledger, recordedArn } = own;
  if (recordedArn === undefined || recordedArn === arn || !ledger || ledger.size === 0) return undefined;
  const turn = await nextTurn(turns, orderFor('awaited', { binding, arn: recordedArn }));
  const health = await turn.call(() => targetGroups.as(binding.role).health(recordedArn));
  if ('trouble' in health && health.trouble.reason === 'TargetGroupNotFound') {
    own.remove([...ledger.keys()]);
    return undefined;
  }
  return {
    reason: 'TargetGroupChanged',
    message: `the ledger has ${ledger.size} targets of ${recordedArn}; delete this binding and make a new one, so that they are deregistered`,
  };
}
