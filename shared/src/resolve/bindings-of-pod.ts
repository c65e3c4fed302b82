import type { Binding, Pod, Service } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';

/** What of a pod decides which bindings select it; all of it is known before the pod exists. */
export type PodIdentity = Pick<Pod, 'namespace' | 'labels'>;

/** True where a service's selector picks a pod with these labels. A service without selector picks none. */
export function selects(service: Service, labels: Readonly<Record<string, string>>): boolean {
  if (service.selector === undefined || service.external) return false;
  return Object.entries(service.selector).every(([name, value]) => labels[name] === value);
}

/**
 * The bindings that a pod belongs to, in the order of their names.
 *
 * | targetType | being deleted | service selects the pod | belongs |
 * | ---------- | ------------- | ----------------------- | ------- |
 * | ip         | no            | yes                     | yes     |
 * | ip         | no            | no, or no service       | no      |
 * | ip         | yes           |                         | no      |
 * | other, none|               |                         | no      |
 */
export function bindingsOfPod(
  pod: PodIdentity,
  snapshot: Pick<Snapshot, 'bindingsIn' | 'service'>,
): readonly Binding[] {
  return [...snapshot.bindingsIn(pod.namespace)]
    .filter((binding) => binding.targetType === 'ip' && binding.deletedAt === undefined)
    .filter((binding) => {
      const service = snapshot.service(binding.namespace, binding.serviceName);
      return service !== undefined && selects(service, pod.labels);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
