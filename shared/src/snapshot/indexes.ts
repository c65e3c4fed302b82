import type { Indexes } from '../kube/index.ts';
import type { Binding, Pod } from '../model/index.ts';

/** The key of the bindings' index by service. */
export const serviceKey = (namespace: string, serviceName: string): string => `${namespace}/${serviceName}`;

/** The key of the pods' index by label. */
export const labelKey = (namespace: string, name: string, value: string): string =>
  `${namespace}/${name}=${value}`;

/** The key of the pods' index by readiness gate. */
export const gateKey = (namespace: string, gate: string): string => `${namespace}/${gate}`;

/** How bindings are found: those of a namespace, and those of a service. */
export const bindingIndexes: Indexes<Binding, 'namespace' | 'service'> = {
  namespace: (binding) => [binding.namespace],
  service: (binding) => [serviceKey(binding.namespace, binding.serviceName)],
};

/** How pods are found: those with a label, and those with a readiness gate. */
export const podIndexes: Indexes<Pod, 'label' | 'gate'> = {
  label: (pod) => Object.entries(pod.labels).map(([name, value]) => labelKey(pod.namespace, name, value)),
  gate: (pod) => pod.gates.map((gate) => gateKey(pod.namespace, gate)),
};
