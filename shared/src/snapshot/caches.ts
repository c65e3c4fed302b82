import { startReflector, type Change, type KubeClient, type Reflector } from '../kube/index.ts';
import {
  projectBinding,
  projectPod,
  projectService,
  type Binding,
  type Pod,
  type Service,
} from '../model/index.ts';
import type { Names } from '../names.ts';
import { bindingIndexes, podIndexes } from './indexes.ts';

/** Whom a cache tells of changes and of failures that it retries. */
export interface CacheListeners<T> {
  readonly onChange?: (change: Change<T>) => void;
  readonly onProblem?: (problem: unknown) => void;
}

export type BindingCache = Reflector<Binding, 'namespace' | 'service'>;
export type ServiceCache = Reflector<Service>;
export type PodCache = Reflector<Pod, 'label' | 'gate'>;

/** Starts the cache of all bindings, indexed by namespace and by `namespace/service`. */
export const cacheBindings = (
  client: KubeClient,
  names: Names,
  listeners: CacheListeners<Binding>,
): BindingCache =>
  startReflector<Binding, 'namespace' | 'service'>({
    client,
    path: names.bindingsPath,
    project: projectBinding,
    indexes: bindingIndexes,
    ...listeners,
  });

/** Starts the cache of all services. */
export const cacheServices = (client: KubeClient, listeners: CacheListeners<Service>): ServiceCache =>
  startReflector<Service>({
    client,
    path: '/api/v1/services',
    project: projectService,
    indexes: {},
    ...listeners,
  });

/** Starts the cache of all pods, indexed by `namespace/label=value` and by `namespace/gate`. */
export const cachePods = (client: KubeClient, listeners: CacheListeners<Pod>): PodCache =>
  startReflector<Pod, 'label' | 'gate'>({
    client,
    path: '/api/v1/pods',
    project: projectPod,
    indexes: podIndexes,
    ...listeners,
  });
