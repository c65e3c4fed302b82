import { isTrue, stays } from '@targetgate/shared/model';
import type { Action, Plan } from './action.ts';
import type { PlanInput } from './input.ts';
import { isSuperseded, sharingOf } from './siblings.ts';

/** How long a deletion may be held up by AWS or by an unreadable ledger before it is let go. */
const patienceMs = 120_000;

/**
 * The plan of a binding that is being deleted: its targets leave, its gates open, then the finalizer goes.
 *
 * | targets of ours      | trouble                | seen deleted for | release                              |
 * | -------------------- | ---------------------- | ---------------- | ------------------------------------ |
 * | none left            |                        |                  | when no gate is left to open         |
 * | some, unknown        | target group not found |                  | yes: nothing can be registered there |
 * | some, none confirmed | not a target group     |                  | yes: nothing can be registered there |
 * | some, unknown        | other                  | under 2 minutes  | no: tried again                      |
 * | some, unknown        | other                  | 2 minutes        | yes, naming the targets left behind  |
 * | some, unknown        | none, siblings unknown | 2 minutes        | yes, naming the targets left behind  |
 * | some, unknown        | none                   |                  | no: under way                        |
 *
 * Targets that another binding of the same group has registered too are handed over to it, not removed; so nothing is
 * removed while it is not known what those bindings have.
 *
 * A finalizer that could not finish would keep the binding, and its namespace, for ever.
 */
export function planEnd(input: PlanInput): Plan {
  const { binding, gate, pods, ledger, siblings, trouble, endingSince = input.now, now } = input;
  const entries = [...(ledger ?? [])];

  const isOutOfTime = now - endingSince >= patienceMs;
  const free = entries.filter(([key]) => siblings.known && !input.busy.has(key) && !input.unsettled.has(key));
  const bySharing = Object.groupBy(free, ([key, entry]) =>
    isSuperseded(siblings, key, entry) ? 'shared' : sharingOf(siblings, key, entry),
  );
  const leaving = (bySharing.none ?? []).map(([, entry]) => entry);
  // A sibling that could not register for so long has the target in its ledger all the same.
  const shared = [...(bySharing.shared ?? []), ...(isOutOfTime ? (bySharing.awaited ?? []) : [])];
  const handedOver = shared.filter(([key]) => !input.landing.has(key)).map(([, entry]) => entry);
  const condition = {
    status: 'True',
    reason: 'BindingDeleted',
    message: `TargetGroupBinding ${binding.name} was deleted: nothing will register this pod`,
  } as const;
  const blocked = [...pods.values()].filter(
    (pod) => pod.gates.includes(gate) && !isTrue(pod, gate) && stays(pod),
  );

  const cleared = ledger?.size === 0 && blocked.length === 0;
  const confirmed = entries.some(([, entry]) => entry.registeredAt !== undefined);
  const groupGone =
    trouble?.reason === 'TargetGroupNotFound' || (trouble?.reason === 'ValidationError' && !confirmed);
  const outOfPatience = (trouble !== undefined || !siblings.known) && isOutOfTime;
  const abandoned = groupGone ? [] : entries.map(([, entry]) => entry);

  const actions: Action[] = [];
  if (leaving.length > 0) {
    actions.push({
      kind: 'deregister',
      removals: leaving.map(({ target, subject }) => ({ target, subject, cause: 'binding-deleted' })),
    });
  }
  if (handedOver.length > 0) actions.push({ kind: 'hand-over', entries: handedOver });
  for (const pod of blocked) actions.push({ kind: 'set-condition', pod, condition, ask: 'not-bound-anew' });
  const held = binding.finalizers.includes(input.finalizer);
  if (held && (cleared || groupGone || outOfPatience)) actions.push({ kind: 'release', abandoned });
  const againAt = entries.length > 0 && !isOutOfTime ? endingSince + patienceMs : undefined;
  return { actions, held: [], lookAt: undefined, againAt };
}
