export { bindingsOfPod, selects, type PodIdentity } from './bindings-of-pod.ts';
export type { Problem } from './problem.ts';
export { registrationOf, type Registration } from './registration.ts';
export { targetsOfBinding, type PodOfBinding, type Resolution, type Target } from './targets-of-binding.ts';
