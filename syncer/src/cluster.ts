import type { KubeClient } from '@targetgate/shared/kube';
import type { Names } from '@targetgate/shared/names';
import {
  cacheBindings,
  cacheEndpointSlices,
  cacheNamespaces,
  cacheNodes,
  cachePods,
  cacheServices,
  createSnapshot,
  type Snapshot,
} from '@targetgate/shared/snapshot';
import type { Syncer } from './sync/syncer.ts';

/** The cluster as this program follows it, whether or not it leads. */
export interface Cluster {
  readonly snapshot: Snapshot;
  /** Settles when all has been listed once. */
  readonly synced: Promise<unknown>;
  /** How many there are, for the log. */
  readonly sizes: { readonly bindings: number; readonly pods: number };
  /** Watches again at once what could not be watched: the API server answers. */
  hasten(): void;
  stop(): Promise<void>;
}

/** What following a cluster takes. */
export interface ClusterOptions {
  readonly client: KubeClient;
  readonly names: Names;
  /** The one namespace to follow; undefined: all of them. */
  readonly namespace: string | undefined;
  /** Told of each change: whoever works has to hear of it. */
  readonly tell: (news: (syncer: Syncer) => void) => void;
  /** Told of each failure of a watch, which is begun again. */
  readonly onProblem: (kind: string, problem: unknown) => void;
}

export function followCluster({ client, names, namespace, tell, onProblem }: ClusterOptions): Cluster {
  const listenersOf = <T>(kind: string, onChange: (change: T, syncer: Syncer) => void) => ({
    namespace,
    onChange: (change: T) => tell((syncer) => onChange(change, syncer)),
    onProblem: (problem: unknown) => onProblem(kind, problem),
  });
  const bindings = cacheBindings(
    client,
    names,
    listenersOf('targetgroupbindings', (change, syncer) => syncer.onBinding(change)),
  );
  const services = cacheServices(
    client,
    listenersOf('services', (change, syncer) => syncer.onService(change)),
  );
  const pods = cachePods(
    client,
    listenersOf('pods', (change, syncer) => syncer.onPod(change)),
  );
  const nodes = cacheNodes(
    client,
    listenersOf('nodes', (change, syncer) => syncer.onNode(change)),
  );
  const namespaces = cacheNamespaces(
    client,
    listenersOf('namespaces', (change, syncer) => syncer.onNamespace(change)),
  );
  const endpointSlices = cacheEndpointSlices(
    client,
    listenersOf('endpointslices', (change, syncer) => syncer.onEndpointSlice(change)),
  );
  const caches = [bindings, services, pods, nodes, namespaces, endpointSlices];

  return {
    snapshot: createSnapshot({
      bindings: bindings.store,
      services: services.store,
      pods: pods.store,
      nodes: nodes.store,
      namespaces: namespaces.store,
      endpointSlices: endpointSlices.store,
    }),
    synced: Promise.all(caches.map(({ synced }) => synced)),
    get sizes() {
      return { bindings: bindings.store.size, pods: pods.store.size };
    },
    hasten: () => {
      for (const cache of caches) cache.hasten();
    },
    stop: async () => {
      await Promise.all(caches.map((cache) => cache.stop()));
    },
  };
}
