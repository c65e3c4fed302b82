import { targetKey } from '../ledger/ledger.ts';
import { companyUntil, type Action, type DueRegistration, type Plan, type PlanInput } from '../plan/index.ts';
import { confirm } from './apply/confirm.ts';
import { deregister } from './apply/deregister.ts';
import { register } from './apply/register.ts';
import { release } from './apply/release.ts';
import { orderFor, type Work } from './apply/work.ts';
import { confirmedWrites, writeConditions } from './apply/write-conditions.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';
import type { Lanes } from './lanes.ts';
import type { Order } from './turns.ts';

/** What waits for company is asked about again after this, in milliseconds: it may go alone by then. */
const askAgainMs = 1_000;

/**
 * Starts the work of a plan, each kind in its lane. What a lane does not take now is planned again when it is free; what
 * has to wait for a turn at ELB is planned again when its turn comes. Gives when what waits for company may go without
 * (epoch ms); undefined where nothing does.
 */
export function carryOut(
  plan: Plan,
  input: PlanInput,
  { state, lanes, context }: { state: BindingState; lanes: Lanes; context: SyncContext },
): number | undefined {
  const { binding } = input;
  const kinds = new Set(plan.actions.map(({ kind }) => kind));
  for (const kind of ['deregister', 'register', 'confirm'] as const) {
    if (!kinds.has(kind)) lanes[kind].dismiss();
  }
  const { arn } = state;
  const work: Work | undefined = arn === undefined ? undefined : { binding, arn, state, context };
  let mayGoAloneAt: number | undefined;
  for (const action of plan.actions) start(action);
  startConditions();
  return mayGoAloneAt;

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
          mayGoAloneAt = company(order, action.targets);
          if (mayGoAloneAt !== undefined) break;
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

  /** What waits in line, or while a call is under way, has company anyway. */
  function company(order: Order, due: readonly DueRegistration[]): number | undefined {
    const { isFree, waitingSince } = lanes.register;
    if (!isFree || waitingSince !== undefined) return undefined;
    const until = companyUntil(input, due, (uid) => state.milestones.wantedAt(uid));
    if (until === undefined || context.turns.mayGoAlone(order)) return undefined;
    return Math.min(until, input.now + askAgainMs);
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
      await writeConditions(confirmed, state, context);
      if (confirmed.length === writes.length) return undefined;
      return {
        reason: 'CacheBehind',
        message: 'the API server has a newer service or binding than the cache',
      };
    });
  }
}
