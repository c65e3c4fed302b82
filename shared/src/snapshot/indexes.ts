import type { Indexes } from '../kube/index.ts';
import { targetGroupNameIn, type Binding, type EndpointSlice, type Pod } from '../model/index.ts';

/** The key of the indexes by service. */
export const serviceKey = (namespace: string, serviceName: string): string => `${namespace}/${serviceName}`;

/** The key of the pods' index by label. */
export const labelKey = (namespace: string, name: string, value: string): string =>
  `${namespace}/${name}=${value}`;

/** The key of the pods' index by readiness gate. */
export const gateKey = (namespace: string, gate: string): string => `${namespace}/${gate}`;

/** The names of the bindings' indexes. */
export type BindingIndex = 'namespace' | 'service' | 'targetGroup';

/** The key of the bindings' index by target group: a group's name, which its ARN has in it. */
export const targetGroupKey = ({ arn, name }: { arn?: string; name?: string }): string =>
  name ?? targetGroupNameIn(arn ?? '') ?? '';

/** How bindings are found: those of a namespace, of a service, and of a target group. */
export const bindingIndexes: Indexes<Binding, BindingIndex> = {
  namespace: (binding) => [binding.namespace],
  service: (binding) => [serviceKey(binding.namespace, binding.serviceName)],
  targetGroup: ({ targetGroup }) => (targetGroup ? [targetGroupKey(targetGroup)] : []),
};

/** How pods are found: those with a label, and those with a readiness gate. */
export const podIndexes: Indexes<Pod, 'label' | 'gate'> = {
  label: (pod) => Object.entries(pod.labels).map(([name, value]) => labelKey(pod.namespace, name, value)),
  gate: (pod) => pod.gates.map((gate) => gateKey(pod.namespace, gate)),
};

/** How endpoint slices are found: those of a service. */
export const endpointSliceIndexes: Indexes<EndpointSlice, 'service'> = {
  service: (slice) => [serviceKey(slice.namespace, slice.serviceName)],
};
