import { targetKey } from '../ledger/ledger.ts';
import type { Action, Plan, PlanInput } from '../plan/index.ts';
import { confirm } from './apply/confirm.ts';
import { deregister } from './apply/deregister.ts';
import { register } from './apply/register.ts';
import { release } from './apply/release.ts';
import { orderFor, type Work } from './apply/work.ts';
import { confirmedWrites, writeConditions } from './apply/write-conditions.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';
import type { Lanes } from './lanes.ts';

/**
 * Starts the work of a plan, each kind in its lane. What a lane does not take now is planned again when it is free; what
 * has to wait for a turn at ELB is planned again when its turn comes.
 */
export function carryOut(
  plan: Plan,
  { binding }: PlanInput,
  { state, lanes, context }: { state: BindingState; lanes: Lanes; context: SyncContext },
): void {
  const kinds = new Set(plan.actions.map(({ kind }) => kind));
  for (const kind of ['deregister', 'register', 'confirm'] as const) {
    if (!kinds.has(kind)) lanes[kind].dismiss();
  }
  const { arn } = state;
  const work: Work | undefined = arn === undefined ? undefined : { binding, arn, state, context };
  for (const action of plan.actions) start(action);
  startConditions();

  function start(action: Action): void {
    switch (action.kind) {
      case 'deregister':
        if (work) {
          const order = orderFor('deregister', work);
          lanes.deregister.offer(order, (turn) => deregister(action.removals, work, turn));
        }
        break;
      case 'hand-over':
        state.own.remove(action.entries.map(({ target }) => targetKey(target)));
        break;
      case 'confirm':
        lanes.confirm.offer(() => confirm(action.subjects, binding.namespace, state, context));
        break;
      case 'register':
        if (work) {
          const order = orderFor('register', work);
          lanes.register.offer(order, (turn) => register(action.targets, work, turn));
        }
        break;
      case 'release':
        if (state.released || isLedgerDue()) break;
        lanes.release.offer(() => release(binding, action.abandoned, state, context));
        break;
      case 'set-condition':
        break;
    }
  }

  /** What is let go says that nothing of it is left, unless that cannot be written. */
  function isLedgerDue(): boolean {
    const { own } = state;
    return arn !== undefined && own.ledger !== undefined && own.unsaved && !lanes.ledger.trouble;
  }

  function startConditions(): void {
    const writes = plan.actions
      .filter((action) => action.kind === 'set-condition')
      .filter(({ pod }) => state.conditions.mayWrite(pod));
    if (writes.length === 0) return;
    lanes.conditions.offer(async () => {
      const confirmed = await confirmedWrites(writes, binding, context.reads);
      await writeConditions(confirmed, state);
      if (confirmed.length === writes.length) return undefined;
      return {
        reason: 'CacheBehind',
        message: 'the API server has a newer service or binding than the cache',
      };
    });
  }
}
