import type { Action, Plan } from './action.ts';
import { planEnd } from './end.ts';
import { planForeign } from './foreign.ts';
import { planGates } from './gates.ts';
import type { PlanInput } from './input.ts';
import { nextLook } from './looks.ts';
import { planRegistrations } from './registrations.ts';
import { planRemovals } from './removals.ts';
import { candidatesOf } from './successor.ts';

/**
 * What to do for one binding now. A pure decision; a second one with nothing changed comes to nothing.
 *
 * | the binding   | its ledger   | planned                                                                                |
 * | ------------- | ------------ | -------------------------------------------------------------------------------------- |
 * | being deleted |              | its end (end.ts)                                                                       |
 * | stays         | not read yet | gates that say why they wait (gates.ts)                                                |
 * | stays         | read         | removals (removals.ts, foreign.ts), registrations (registrations.ts), gates (gates.ts) |
 *
 * What is done first is what costs requests when it is late: removals, then registrations, then conditions.
 */
export function plan(input: PlanInput): Plan {
  if (input.binding.deletedAt !== undefined) return planEnd(input);
  const candidates = candidatesOf(input);
  if (input.ledger === undefined) {
    const { conditions, againAt } = planGates(input, candidates, { held: [], obstacles: new Map() });
    return { actions: conditions, held: [], lookAt: undefined, againAt };
  }

  const { now, held, handedOver, unconfirmed, againAt } = planRemovals(input, candidates);
  const { register, renew, obstacles } = planRegistrations(input, candidates);
  const gates = planGates(input, candidates, { held, obstacles });
  const removals = [...now, ...renew, ...planForeign(input)];
  const actions: Action[] = [];
  if (removals.length > 0) actions.push({ kind: 'deregister', removals });
  if (handedOver.length > 0) actions.push({ kind: 'hand-over', entries: handedOver });
  if (unconfirmed.length > 0) {
    actions.push({ kind: 'confirm', subjects: unconfirmed.map(({ subject }) => subject) });
  }
  if (register.length > 0) actions.push({ kind: 'register', targets: register });
  actions.push(...gates.conditions);
  return { actions, held, lookAt: nextLook(input), againAt: earliest(againAt, gates.againAt) };
}

const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};
