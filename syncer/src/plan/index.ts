export type { Action, Ask, DueRegistration, HeldRemoval, Plan, Registering, Removal } from './action.ts';
export {
  defaultPolicy,
  type GateCondition,
  type LastingTrouble,
  type PlanInput,
  type Policy,
  type RefusedTarget,
  type Siblings,
  type SubjectState,
  type Trouble,
} from './input.ts';
export { isSilence } from './fail-open.ts';
export { foreignTargets } from './foreign.ts';
export { differs } from './gates.ts';
export { isLookAwaited, spreadOf } from './looks.ts';
export { politeInterval } from './polite-interval.ts';
export type { Observation, TargetHealth } from './observation.ts';
export { plan } from './plan.ts';
export { problemOf } from './problem.ts';
