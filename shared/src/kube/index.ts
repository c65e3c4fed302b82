export { createBackoff, type Backoff } from './backoff.ts';
export { connect, type KubeClient, type KubeRequest } from './client.ts';
export { isConflict, isGone, isNotFound, KubeError, KubeUnreachable } from './errors.ts';
export { homeNamespaceOf } from './home-namespace.ts';
export { listAll } from './list.ts';
export { startReflector, type Reflector, type ReflectorOptions } from './reflector.ts';
export {
  createStore,
  type Change,
  type Indexes,
  type Sighting,
  type Store,
  type ToldBy,
  type WritableStore,
} from './store.ts';
export type { RawObject } from './watch.ts';
