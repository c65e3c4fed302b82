import { apiNamespace } from '@targetgate/shared/fixtures';
import { createStore, type Sighting, type ToldBy } from '@targetgate/shared/kube';
import {
  projectBinding,
  projectNamespace,
  projectNode,
  projectPod,
  projectService,
  type EndpointSlice,
  type Namespace,
  type Node,
  type Service,
} from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import {
  bindingIndexes,
  createSnapshot,
  endpointSliceIndexes,
  podIndexes,
} from '@targetgate/shared/snapshot';
import type { Syncer } from '../syncer.ts';
import { apiObjectOf } from './api-objects.ts';
import type { ApiServer, ChangeOf } from './api-server.ts';
import type { ModelCluster } from './cluster.ts';
import { kinds, type Kind, type Kinds } from './objects.ts';

/** The caches of one syncer: they list, and then watch what happens, each kind as late as it is told to be. */
export function createCaches({
  api,
  cluster,
  told,
  clock,
  lag,
  tell,
}: {
  readonly api: ApiServer;
  /** What is true. */
  readonly cluster: ModelCluster;
  /** What was shown; empty at first. */
  readonly told: ModelCluster;
  readonly clock: Clock;
  /** By how much each kind lags (ms); a kind that is not named shows changes at once. */
  readonly lag: ReadonlyMap<Kind, number>;
  readonly tell: () => Listeners;
}) {
  const namespaces = createStore<Namespace>({});
  namespaces.put({
    id: { namespace: '', name: 'shop' },
    version: '1',
    object: projectNamespace(apiNamespace({})),
    by: 'list',
  });
  const stores = {
    pods: createStore(podIndexes),
    services: createStore<Service>({}),
    nodes: createStore<Node>({}),
    bindings: createStore(bindingIndexes),
    namespaces,
    endpointSlices: createStore<EndpointSlice, 'service'>(endpointSliceIndexes),
  };
  const coming = new Map(
    kinds.map((kind) => [kind, [] as { readonly dueAt: number; readonly show: () => void }[]]),
  );

  const put: { readonly [K in Kind]: (sighting: SightingOf<K>) => void } = {
    pods: ({ object, ...seen }) => {
      const change = stores.pods.put({ ...seen, object: object && projectPod(apiObjectOf.pods(object)) });
      if (change) tell().onPod(change);
    },
    services: ({ object, ...seen }) => {
      const service = object && projectService(apiObjectOf.services(object));
      const change = stores.services.put({ ...seen, object: service });
      if (change) tell().onService(change);
    },
    nodes: ({ object, ...seen }) => {
      const change = stores.nodes.put({ ...seen, object: object && projectNode(apiObjectOf.nodes(object)) });
      if (change) tell().onNode(change);
    },
    bindings: ({ object, ...seen }) => {
      const binding = object && projectBinding(apiObjectOf.bindings(object));
      const change = stores.bindings.put({ ...seen, object: binding });
      if (change) tell().onBinding(change);
    },
  };

  function show<K extends Kind>({ kind, name, object, version }: ChangeOf<K>, by: ToldBy): void {
    told.set(kind, name, object);
    const namespace = kind === 'nodes' ? '' : 'shop';
    put[kind]({ id: { namespace, name }, version: String(version), object, by });
  }

  /** A new list of one kind, which may come back short. What the watch was still to show is in it. */
  function list(kind: Kind, isMissing: (name: string) => boolean): void {
    coming.set(kind, []);
    for (const name of new Set([...cluster[kind].keys(), ...told[kind].keys()])) {
      const object = isMissing(name) ? undefined : cluster.get(kind, name);
      show({ kind, name, object, version: api.versionOf(kind, name) }, 'list');
    }
  }

  const stop = api.watch((change) => {
    const queue = coming.get(change.kind) ?? [];
    const dueAt = Math.max(queue.at(-1)?.dueAt ?? 0, clock.now() + (lag.get(change.kind) ?? 0));
    queue.push({ dueAt, show: () => show(change, 'watch') });
    if (dueAt <= clock.now()) showDue(change.kind);
    else clock.at(dueAt, () => showDue(change.kind));
  });

  function showDue(kind: Kind): void {
    const queue = coming.get(kind) ?? [];
    for (let next = queue[0]; next !== undefined && next.dueAt <= clock.now(); next = queue[0]) {
      queue.shift();
      next.show();
    }
  }

  return {
    snapshot: createSnapshot(stores),
    list,
    listAll: (): void => {
      for (const kind of kinds) list(kind, () => false);
    },
    stop,
  };
}

/** Who is told of changes. */
type Listeners = Pick<Syncer, 'onPod' | 'onService' | 'onNode' | 'onBinding'>;

type SightingOf<K extends Kind> = Sighting<Kinds[K]>;
