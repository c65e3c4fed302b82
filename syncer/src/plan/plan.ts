import type { Action, Plan } from './action.ts';
import { planEnd } from './end.ts';
import { planGates } from './gates.ts';
import type { PlanInput } from './input.ts';
import { nextLook } from './looks.ts';
import { planRegistrations } from './registrations.ts';
import { planRemovals } from './removals.ts';

/**
 * What to do for one binding now. A pure decision; a second one with nothing changed comes to nothing.
 *
 * | the binding   | its ledger   | planned                                                                   |
 * | ------------- | ------------ | ------------------------------------------------------------------------- |
 * | being deleted |              | its end (end.ts)                                                          |
 * | stays         | not read yet | gates that say why they wait (gates.ts)                                   |
 * | stays         | read         | removals (removals.ts), registrations (registrations.ts), gates (gates.ts) |
 *
 * What is done first is what costs requests when it is late: removals, then registrations, then conditions.
 */
export function plan(input: PlanInput): Plan {
  if (input.binding.deletedAt !== undefined) return planEnd(input);
  if (input.ledger === undefined) return { actions: [...planGates(input, [])], held: [], lookAt: undefined };

  const removals = planRemovals(input);
  const registrations = planRegistrations(input);
  const actions: Action[] = [];
  if (removals.now.length > 0) actions.push({ kind: 'deregister', removals: removals.now });
  if (removals.handedOver.length > 0) actions.push({ kind: 'hand-over', entries: removals.handedOver });
  if (registrations.length > 0) actions.push({ kind: 'register', targets: registrations });
  actions.push(...planGates(input, removals.held));
  return { actions, held: removals.held, lookAt: nextLook(input) };
}
