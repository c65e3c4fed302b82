import { startReflector, type Change, type KubeClient, type Reflector } from '../kube/index.ts';
import {
  createPodProjection,
  projectBinding,
  projectEndpointSlice,
  projectNamespace,
  projectNode,
  projectService,
  type Binding,
  type EndpointSlice,
  type Namespace,
  type Node,
  type Pod,
  type Service,
} from '../model/index.ts';
import type { Names } from '../names.ts';
import { bindingIndexes, endpointSliceIndexes, podIndexes, type BindingIndex } from './indexes.ts';

/** Whom a cache tells of changes and of failures that it retries. */
export interface CacheListeners<T> {
  readonly onChange?: (change: Change<T>) => void;
  readonly onProblem?: (problem: unknown) => void;
}

/** A cache's listeners, and the one namespace that it is of; undefined: all of them. */
export interface CacheOptions<T> extends CacheListeners<T> {
  readonly namespace?: string | undefined;
}

export type BindingCache = Reflector<Binding, BindingIndex>;
export type ServiceCache = Reflector<Service>;
export type NamespaceCache = Reflector<Namespace>;
export type PodCache = Reflector<Pod, 'label' | 'gate'>;
export type NodeCache = Reflector<Node>;
export type EndpointSliceCache = Reflector<EndpointSlice, 'service'>;

/** Starts the cache of the bindings, indexed by namespace, by `namespace/service` and by target group. */
export const cacheBindings = (
  client: KubeClient,
  names: Names,
  { namespace, ...listeners }: CacheOptions<Binding>,
): BindingCache =>
  startReflector<Binding, BindingIndex>({
    client,
    path: within(namespace, names.bindingsPath),
    project: projectBinding,
    indexes: bindingIndexes,
    ...listeners,
  });

/** Starts the cache of the services. */
export const cacheServices = (
  client: KubeClient,
  { namespace, ...listeners }: CacheOptions<Service>,
): ServiceCache =>
  startReflector<Service>({
    client,
    path: within(namespace, '/api/v1/services'),
    project: projectService,
    indexes: {},
    ...listeners,
  });

/** Starts the cache of the namespaces, or of the one. */
export const cacheNamespaces = (
  client: KubeClient,
  { namespace, ...listeners }: CacheOptions<Namespace>,
): NamespaceCache =>
  startReflector<Namespace>({
    client,
    path: '/api/v1/namespaces',
    ...(namespace !== undefined && { query: { fieldSelector: `metadata.name=${namespace}` } }),
    project: projectNamespace,
    indexes: {},
    ...listeners,
  });

/** Starts the cache of the pods, indexed by `namespace/label=value` and by `namespace/gate`. */
export const cachePods = (client: KubeClient, { namespace, ...listeners }: CacheOptions<Pod>): PodCache =>
  startReflector<Pod, 'label' | 'gate'>({
    client,
    path: within(namespace, '/api/v1/pods'),
    project: createPodProjection(),
    indexes: podIndexes,
    ...listeners,
  });

/** Starts the cache of all nodes: they are in no namespace. */
export const cacheNodes = (client: KubeClient, listeners: CacheListeners<Node>): NodeCache =>
  startReflector<Node>({
    client,
    path: '/api/v1/nodes',
    project: projectNode,
    indexes: {},
    ...listeners,
  });

/**
 * Starts the cache of the endpoint slices that the cluster's own controller does not keep, indexed by
 * `namespace/service`: pods drive the rest, and slices of selected pods would only cost memory.
 */
export const cacheEndpointSlices = (
  client: KubeClient,
  { namespace, ...listeners }: CacheOptions<EndpointSlice>,
): EndpointSliceCache =>
  startReflector<EndpointSlice, 'service'>({
    client,
    path: within(namespace, '/apis/discovery.k8s.io/v1/endpointslices'),
    query: { labelSelector: 'endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io' },
    project: projectEndpointSlice,
    indexes: endpointSliceIndexes,
    ...listeners,
  });

/** The path of a collection in one namespace: /api/v1/pods becomes /api/v1/namespaces/shop/pods. */
function within(namespace: string | undefined, path: string): string {
  if (namespace === undefined) return path;
  const cut = path.lastIndexOf('/');
  return `${path.slice(0, cut)}/namespaces/${namespace}${path.slice(cut)}`;
}
