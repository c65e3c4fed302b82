export {
  cacheBindings,
  cachePods,
  cacheServices,
  type BindingCache,
  type CacheListeners,
  type PodCache,
  type ServiceCache,
} from './caches.ts';
export { createBindingsView, createSnapshot, type Snapshot, type SnapshotStores } from './snapshot.ts';
export { bindingIndexes, podIndexes } from './indexes.ts';
