import type { Change } from '@targetgate/shared/kube';
import type { Binding, EndpointSlice, Namespace, Pod, Service } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { selects } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';

/** A binding by name, whether it exists or is only named by a gate. */
export interface BindingId {
  readonly namespace: string;
  readonly name: string;
}

/** A binding's key among all bindings. */
export const keyOf = ({ namespace, name }: BindingId): string => `${namespace}/${name}`;

/** The bindings whose gates a pod has, existing or not. */
export const bindingsOfGates = ({ namespace, gates }: Pod, names: Names): readonly BindingId[] =>
  gates
    .map((gate) => names.bindingOfGate(gate))
    .filter((name) => name !== undefined)
    .map((name) => ({ namespace, name }));

/**
 * The bindings that a change concerns: those whose service selects the pod, before or after the change, and those
 * whose gate it has, existing or not.
 */
export function bindingsTouchedByPod(
  { before, after }: Change<Pod>,
  snapshot: Pick<Snapshot, 'bindingsIn' | 'service'>,
  names: Names,
): readonly BindingId[] {
  return [before, after].flatMap((pod) => {
    if (pod === undefined) return [];
    const { namespace } = pod;
    const selecting = [...snapshot.bindingsIn(namespace)].filter((binding) => {
      const service = snapshot.service(namespace, binding.serviceName);
      return service !== undefined && selects(service, pod.labels);
    });
    return [...bindingsOfGates(pod, names), ...selecting];
  });
}

export const bindingsTouchedByService = (
  { before, after }: Change<Service>,
  snapshot: Pick<Snapshot, 'bindingsOfService'>,
): readonly BindingId[] =>
  [before, after].flatMap((service) =>
    service === undefined ? [] : [...snapshot.bindingsOfService(service.namespace, service.name)],
  );

export const bindingsTouchedByEndpointSlice = (
  { before, after }: Change<EndpointSlice>,
  snapshot: Pick<Snapshot, 'bindingsOfService'>,
): readonly BindingId[] =>
  [before, after].flatMap((slice) =>
    slice === undefined ? [] : [...snapshot.bindingsOfService(slice.namespace, slice.serviceName)],
  );

/** The objects that a change is about: two where one was made anew under its name. */
export const uidsOf = ({ before, after }: Change<{ readonly uid: string }>): ReadonlySet<string> =>
  new Set([before, after].flatMap((object) => object?.uid ?? []));

/** A namespace's labels and annotations decide about gates and about which target groups it may bind. */
export const bindingsTouchedByNamespace = (
  { before, after }: Change<Namespace>,
  snapshot: Pick<Snapshot, 'bindingsIn'>,
): readonly BindingId[] => [...snapshot.bindingsIn((after ?? before)?.name ?? '')];

export const bindingsTouchedByBinding = ({ before, after }: Change<Binding>): readonly BindingId[] =>
  [before, after].filter((binding) => binding !== undefined);

/**
 * True where a pod or node was seen to end: the API server told of its deletion, or another one has its name, or it was
 * about to end when it was seen last. One that a new list merely lacks is not.
 */
export function hasEnded({ before, after, by }: Change<Pod>): boolean {
  if (before === undefined) return false;
  if (after !== undefined) return after.uid !== before.uid;
  return by === 'watch' || before.deletesAt !== undefined || before.finished;
}

/** True where a pod has begun to terminate, or has ended: its targets are to be deregistered at once. */
export const hasBegunToEnd = (change: Change<Pod>): boolean =>
  hasEnded(change) || (change.before?.deletesAt === undefined && change.after?.deletesAt !== undefined);
