import type { Binding, Pod, Service } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { targetTypeOf } from './target-type.ts';

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
 * | being deleted | targetType                     | service selects the pod | belongs |
 * | ------------- | ------------------------------ | ----------------------- | ------- |
 * | yes           |                                |                         | no      |
 * | no            | ip                             | yes                     | yes     |
 * | no            | left out, and not known so far | yes                     | yes     |
 * | no            | left out, the group's is ip    | yes                     | yes     |
 * | no            | any other                      |                         | no      |
 * | no            |                                | no, or no service       | no      |
 *
 * While the type is not known a pod gets its gate: one that turns out needless can be opened, a missing one can never
 * be added.
 */
export function bindingsOfPod(
  pod: PodIdentity,
  snapshot: Pick<Snapshot, 'bindingsIn' | 'service'>,
): readonly Binding[] {
  return [...snapshot.bindingsIn(pod.namespace)]
    .filter((binding) => binding.deletedAt === undefined && mayTakePods(binding))
    .filter((binding) => {
      const service = snapshot.service(binding.namespace, binding.serviceName);
      return service !== undefined && selects(service, pod.labels);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const mayTakePods = (binding: Binding): boolean => (targetTypeOf(binding, undefined) ?? 'ip') === 'ip';
