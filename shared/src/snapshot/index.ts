export {
  cacheBindings,
  cacheEndpointSlices,
  cacheNamespaces,
  cacheNodes,
  cachePods,
  cacheServices,
  type BindingCache,
  type CacheListeners,
  type CacheOptions,
  type EndpointSliceCache,
  type NamespaceCache,
  type NodeCache,
  type PodCache,
  type ServiceCache,
} from './caches.ts';
export {
  createBindingsView,
  createSnapshot,
  type BindingsView,
  type Snapshot,
  type SnapshotStores,
} from './snapshot.ts';
export { bindingIndexes, endpointSliceIndexes, podIndexes } from './indexes.ts';
