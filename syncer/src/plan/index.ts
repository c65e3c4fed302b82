export type { Action, HeldRemoval, Plan, Registering, Removal, RemovalCause } from './action.ts';
export { defaultPolicy, type GateCondition, type PlanInput, type Policy, type Trouble } from './input.ts';
export { isHealthy } from './health.ts';
export type { Observation, TargetHealth } from './observation.ts';
export { plan } from './plan.ts';
