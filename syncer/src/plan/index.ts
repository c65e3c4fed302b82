export type { Action, Ask, DueRegistration, HeldRemoval, Plan, Registering, Removal } from './action.ts';
export {
  defaultPolicy,
  type GateCondition,
  type LastingTrouble,
  type PlanInput,
  type Policy,
  type QuotaShare,
  type RefusedTarget,
  type Siblings,
  type SubjectState,
  type Trouble,
} from './input.ts';
export { companyUntil } from './company.ts';
export { isSilence } from './fail-open.ts';
export { foreignTargets } from './foreign.ts';
export { differs } from './gates.ts';
export { areSomeUnderWay, isLookAwaited } from './looks.ts';
export { politeInterval } from './polite-interval.ts';
export { isDraining, type Observation, type TargetHealth } from './observation.ts';
export { plan } from './plan.ts';
export { problemOf } from './problem.ts';
export { sightingsIn } from './sightings.ts';
export { isSurprise } from './surprise.ts';
export { learn, nothingLearnt, type Learnt } from './time-to-healthy.ts';
