import { KubeError, type KubeClient, type KubeRequest, type RawObject } from '@targetgate/shared/kube';
import type { BindingStatus } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import type { GateCondition } from '../../plan/index.ts';
import { apiObjectOf, names } from './api-objects.ts';
import type { ModelCluster } from './cluster.ts';
import { createConfigMaps, type ConfigMap } from './config-maps.ts';
import type { Kind, Kinds, ModelBinding } from './objects.ts';

/** An event as the syncer records it. */
export interface ModelEvent {
  readonly reason: string;
  readonly message: string;
}

/** How long the garbage collector takes to see that an owner is gone (ms). */
const garbageStaysMs = 1_000;

/** The API server of the model: the cluster is what it stores. */
export function createApiServer(
  cluster: ModelCluster,
  { clock, onEvent }: { readonly clock: Clock; readonly onEvent: (event: ModelEvent) => void },
) {
  const listeners = new Set<<K extends Kind>(change: ChangeOf<K>) => void>();
  const versions = new Map<string, number>();
  let version = 0;
  let requests = 0;

  const isOwned = (uid: string): boolean => [...cluster.bindings.values()].some((owner) => owner.uid === uid);
  const configMaps = createConfigMaps();

  function put<K extends Kind>(kind: K, name: string, object: Kinds[K] | undefined): void {
    cluster.set(kind, name, object);
    versions.set(`${kind}/${name}`, ++version);
    for (const listener of listeners) listener({ kind, name, object, version });
  }

  function answer({ method, path, body, query }: KubeRequest): unknown {
    requests++;
    const [, collection = '', name = '', subresource] =
      /\/(pods|services|nodes|targetgroupbindings|configmaps|events)(?:\/([^/]+))?(?:\/(status))?$/.exec(
        path,
      ) ?? [];
    if (collection === 'events') {
      onEvent(body as ModelEvent);
      return {};
    }
    if (collection === 'configmaps') {
      if (query) return { items: configMaps.list() };
      const answered = configMaps.answer(method, name, body as ConfigMap);
      if (method !== 'GET') collectGarbageLater();
      return answered;
    }
    if (method === 'GET') return read(kindOf(collection), name);
    if (collection === 'pods') return patchPod(name, body as PodPatch);
    return subresource === 'status'
      ? patchStatus(name, body as StatusPatch)
      : patchBinding(name, body as BindingPatch);
  }

  function read(kind: Kind, name: string): RawObject {
    const object = cluster.get(kind, name);
    if (object === undefined) throw notFound(name);
    const raw = rawOf(kind, object);
    return {
      ...raw,
      metadata: { ...raw.metadata, resourceVersion: String(versions.get(`${kind}/${name}`)) },
    };
  }

  function patchPod(name: string, { metadata, status }: PodPatch): unknown {
    const pod = cluster.pods.get(name);
    if (pod === undefined) throw notFound(name);
    if (pod.uid !== metadata.uid) {
      throw new KubeError(422, 'Invalid', 'metadata.uid: Invalid value: field is immutable');
    }
    const conditions = status.conditions.map(({ type, status, reason, message }) => [
      names.bindingOfGate(type),
      { status, reason, message },
    ]);
    put('pods', name, {
      ...pod,
      conditions: { ...pod.conditions, ...(Object.fromEntries(conditions) as typeof pod.conditions) },
    });
    return {};
  }

  function patchStatus(name: string, [{ value }]: StatusPatch): unknown {
    const binding = cluster.bindings.get(name);
    if (binding === undefined) throw notFound(name);
    put('bindings', name, { ...binding, status: value });
    return {};
  }

  function patchBinding(name: string, { metadata }: BindingPatch): unknown {
    const binding = cluster.bindings.get(name);
    if (binding === undefined) throw notFound(name);
    if (metadata.resourceVersion !== String(versions.get(`bindings/${name}`))) throw conflict(name);
    const isNew = metadata.finalizers.some((finalizer) => !binding.finalizers.includes(finalizer));
    if (binding.deletedAt !== undefined && isNew) {
      throw new KubeError(422, 'Invalid', 'no new finalizers can be added if the object is being deleted');
    }
    putBinding({ ...binding, finalizers: metadata.finalizers });
    return {};
  }

  /** A binding whose deletion was asked for is gone when nobody holds it any more. */
  function putBinding(binding: ModelBinding): void {
    const isGone = binding.deletedAt !== undefined && binding.finalizers.length === 0;
    put('bindings', binding.name, isGone ? undefined : binding);
    if (isGone) collectGarbageLater();
  }

  function collectGarbageLater(): void {
    if (configMaps.isClean(isOwned)) return;
    clock.at(clock.now() + garbageStaysMs, () => configMaps.collect(isOwned));
  }

  const client: KubeClient = {
    request: async <T>(request: KubeRequest) => {
      await Promise.resolve();
      // What is undefined does not travel.
      const body =
        request.body === undefined ? undefined : (JSON.parse(JSON.stringify(request.body)) as object);
      return answer({ ...request, ...(body && { body }) }) as T;
    },
    lines: () => {
      throw new Error('nothing is watched here');
    },
    close: () => Promise.resolve(),
  };

  return {
    client,
    configMaps,
    put,
    putBinding,
    versionOf: (kind: Kind, name: string): number => versions.get(`${kind}/${name}`) ?? 0,
    /** Who is told of each change, in order; returns how to end it. */
    watch: (listener: <K extends Kind>(change: ChangeOf<K>) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get requests() {
      return requests;
    },
  };
}

/** One change of an object; undefined where it exists no more. */
export interface ChangeOf<K extends Kind> {
  readonly kind: K;
  readonly name: string;
  readonly object: Kinds[K] | undefined;
  readonly version: number;
}

interface PodPatch {
  readonly metadata: { readonly uid: string };
  readonly status: { readonly conditions: readonly (GateCondition & { readonly type: string })[] };
}

/** A JSON patch that puts a whole status. */
type StatusPatch = readonly [{ readonly value: BindingStatus }];

interface BindingPatch {
  readonly metadata: { readonly resourceVersion: string; readonly finalizers: readonly string[] };
}

const rawOf = <K extends Kind>(kind: K, object: Kinds[K]): RawObject => apiObjectOf[kind](object);

const kindOf = (collection: string): Kind =>
  collection === 'targetgroupbindings' ? 'bindings' : (collection as Kind);

const notFound = (what: string): KubeError => new KubeError(404, 'NotFound', `${what} not found`);
const conflict = (what: string): KubeError => new KubeError(409, 'Conflict', `${what} was changed`);

export type ApiServer = ReturnType<typeof createApiServer>;
