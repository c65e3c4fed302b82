import type { Store } from '../kube/index.ts';
import type { Binding, EndpointSlice, Namespace, Node, Pod, Service } from '../model/index.ts';
import { gateKey, labelKey, serviceKey, targetGroupKey, type BindingIndex } from './indexes.ts';

/** The cluster as the rules see it: values by name and by index. Callers must not change what they get. */
export interface Snapshot {
  bindings(): Iterable<Binding>;
  binding(namespace: string, name: string): Binding | undefined;
  bindingsIn(namespace: string): Iterable<Binding>;
  bindingsOfService(namespace: string, serviceName: string): Iterable<Binding>;
  /** The bindings that may mean this target group; one that names it may mean another region's. */
  bindingsOfTargetGroup(arn: string): Iterable<Binding>;
  service(namespace: string, name: string): Service | undefined;
  namespace(name: string): Namespace | undefined;
  pods(): Iterable<Pod>;
  pod(namespace: string, name: string): Pod | undefined;
  /** The pods that have every label of the selector, in the order of their names; none for an empty selector. */
  podsMatching(namespace: string, selector: Readonly<Record<string, string>>): readonly Pod[];
  /** The pods with a readiness gate of this condition type, in the order of their names. */
  podsGatedBy(namespace: string, gate: string): readonly Pod[];
  node(name: string): Node | undefined;
  /** Whether it has been told of any node. */
  hasNodes(): boolean;
  /** All nodes, in the order of their names. */
  nodes(): readonly Node[];
  /** The slices of a service that others than the cluster's own controller keep, in the order of their names. */
  endpointSlicesOf(namespace: string, serviceName: string): readonly EndpointSlice[];
}

/** The stores that a snapshot reads. */
export interface SnapshotStores {
  readonly bindings: Store<Binding, BindingIndex>;
  readonly services: Store<Service>;
  readonly namespaces: Store<Namespace>;
  readonly pods: Store<Pod, 'label' | 'gate'>;
  readonly nodes: Store<Node>;
  readonly endpointSlices: Store<EndpointSlice, 'service'>;
}

/** What admission needs of a snapshot: no pods, and nothing of the size of a cluster. */
export type BindingsView = Pick<
  Snapshot,
  'binding' | 'bindingsIn' | 'bindingsOfService' | 'service' | 'namespace'
>;

/** A view of the bindings, services and namespaces alone. */
export function createBindingsView(
  stores: Pick<SnapshotStores, 'bindings' | 'services' | 'namespaces'>,
): BindingsView {
  const { bindings, services, namespaces } = stores;
  return {
    binding: (namespace, name) => bindings.get(namespace, name),
    bindingsIn: (namespace) => bindings.indexed('namespace', namespace),
    bindingsOfService: (namespace, name) => bindings.indexed('service', serviceKey(namespace, name)),
    service: (namespace, name) => services.get(namespace, name),
    namespace: (name) => namespaces.get('', name),
  };
}

/** A view of everything that the syncer's rules read. It is as current as the stores, and costs nothing to make. */
export function createSnapshot(stores: SnapshotStores): Snapshot {
  const { pods, nodes, endpointSlices } = stores;
  return {
    ...createBindingsView(stores),
    bindings: () => stores.bindings.list(),
    bindingsOfTargetGroup: (arn) => stores.bindings.indexed('targetGroup', targetGroupKey({ arn })),
    pods: () => pods.list(),
    pod: (namespace, name) => pods.get(namespace, name),
    podsMatching: (namespace, selector) => {
      const wanted = Object.entries(selector);
      const filed = wanted.map(([name, value]) => pods.indexed('label', labelKey(namespace, name, value)));
      // The rarest label leaves the fewest pods to look at.
      const [rarest] = filed.sort((a, b) => a.size - b.size);
      return byName(
        [...(rarest ?? [])].filter((pod) => wanted.every(([name, value]) => pod.labels[name] === value)),
      );
    },
    podsGatedBy: (namespace, gate) => byName(pods.indexed('gate', gateKey(namespace, gate))),
    node: (name) => nodes.get('', name),
    hasNodes: () => nodes.size > 0,
    nodes: () => byName(nodes.list()),
    endpointSlicesOf: (namespace, name) =>
      byName(endpointSlices.indexed('service', serviceKey(namespace, name))),
  };
}

const byName = <T extends { readonly name: string }>(objects: Iterable<T>): T[] =>
  [...objects].sort((a, b) => (a.name < b.name ? -1 : 1));
