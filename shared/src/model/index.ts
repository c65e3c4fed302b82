export { projectBinding, type Binding, type BindingStatus, type TargetGroupRef } from './binding.ts';
export {
  conditionOf,
  isTrue,
  projectPod,
  type ContainerPort,
  type Pod,
  type PodCondition,
  type Protocol,
} from './pod.ts';
export { projectService, type Service, type ServicePort } from './service.ts';
