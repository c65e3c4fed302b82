export type { Action, Plan, Registering, Removal } from './action.ts';
export {
  defaultPolicy,
  type GateCondition,
  type PlanInput,
  type Policy,
  type RefusedTarget,
  type Trouble,
} from './input.ts';
export type { Observation, TargetHealth } from './observation.ts';
export { differs } from './gates.ts';
export { plan } from './plan.ts';
