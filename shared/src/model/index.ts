export {
  projectBinding,
  targetGroupNameIn,
  type AssumedRole,
  type Binding,
  type TargetGroupProtocol,
  type TargetGroupRef,
} from './binding.ts';
export {
  type BindingCondition,
  type BindingStatus,
  type TargetCounts,
  type TargetGroupSummary,
} from './binding-status.ts';
export { projectEndpointSlice, type Endpoint, type EndpointSlice } from './endpoint-slice.ts';
export { matches, type LabelSelector } from './label-selector.ts';
export { projectNamespace, type Namespace } from './namespace.ts';
export { projectNode, type Node } from './node.ts';
export {
  conditionOf,
  createPodProjection,
  deletedAtOf,
  graceOf,
  isTrue,
  projectPod,
  stays,
  type ContainerPort,
  type Owner,
  type Pod,
  type PodCondition,
  type Protocol,
} from './pod.ts';
export {
  defaultGraceSeconds,
  projectPodEnd,
  type ContainerEnd,
  type PodEnd,
  type PreStop,
  type RawPodEnd,
} from './pod-end.ts';
export { parseDuration } from './time.ts';
export { type TargetGroupFacts } from './target-group.ts';
export { projectService, type Service, type ServicePort } from './service.ts';
