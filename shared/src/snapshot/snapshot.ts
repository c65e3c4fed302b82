import type { Store } from '../kube/index.ts';
import type { Binding, Pod, Service } from '../model/index.ts';
import { gateKey, labelKey, serviceKey } from './indexes.ts';

/** The cluster as the rules see it: values by name and by index. Callers must not change what they get. */
export interface Snapshot {
  binding(namespace: string, name: string): Binding | undefined;
  bindingsIn(namespace: string): Iterable<Binding>;
  bindingsOfService(namespace: string, serviceName: string): Iterable<Binding>;
  service(namespace: string, name: string): Service | undefined;
  pod(namespace: string, name: string): Pod | undefined;
  /** The pods that have every label of the selector, in the order of their names; none for an empty selector. */
  podsMatching(namespace: string, selector: Readonly<Record<string, string>>): readonly Pod[];
  /** The pods with a readiness gate of this condition type, in the order of their names. */
  podsGatedBy(namespace: string, gate: string): readonly Pod[];
}

/** The stores that a snapshot reads. */
export interface SnapshotStores {
  readonly bindings: Store<Binding, 'namespace' | 'service'>;
  readonly services: Store<Service>;
  readonly pods: Store<Pod, 'label' | 'gate'>;
}

/** A view of the bindings and services alone: all that admission needs. */
export function createBindingsView(
  stores: Pick<SnapshotStores, 'bindings' | 'services'>,
): Pick<Snapshot, 'binding' | 'bindingsIn' | 'bindingsOfService' | 'service'> {
  const { bindings, services } = stores;
  return {
    binding: (namespace, name) => bindings.get(namespace, name),
    bindingsIn: (namespace) => bindings.indexed('namespace', namespace),
    bindingsOfService: (namespace, name) => bindings.indexed('service', serviceKey(namespace, name)),
    service: (namespace, name) => services.get(namespace, name),
  };
}

/** A view of everything that the syncer's rules read. It is as current as the stores, and costs nothing to make. */
export function createSnapshot(stores: SnapshotStores): Snapshot {
  const { pods } = stores;
  return {
    ...createBindingsView(stores),
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
    podsGatedBy: (namespace, gate) => byName([...pods.indexed('gate', gateKey(namespace, gate))]),
  };
}

const byName = (pods: Pod[]): Pod[] => pods.sort((a, b) => (a.name < b.name ? -1 : 1));
