import { createStore, type WritableStore } from '@targetgate/shared/kube';
import {
  createPodProjection,
  projectBinding,
  projectNamespace,
  projectService,
  type Binding,
  type Namespace,
  type Pod,
  type Service,
} from '@targetgate/shared/model';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import { defaultBindingSettings } from '@targetgate/shared/resolve';
import { createLogger, systemClock } from '@targetgate/shared/runtime';
import { bindingIndexes, createSnapshot, podIndexes } from '@targetgate/shared/snapshot';
import { shardOf } from '../../../syncer/src/leadership/shard.ts';
import { defaultPolicy } from '../../../syncer/src/plan/index.ts';
import { createBindingApi } from '../../../syncer/src/sync/binding-api.ts';
import { createClusterReads } from '../../../syncer/src/sync/cluster-reads.ts';
import type { SyncMetrics } from '../../../syncer/src/sync/context.ts';
import { createEvents } from '../../../syncer/src/sync/events.ts';
import { createSlots, gatesAtOnce } from '../../../syncer/src/sync/slots.ts';
import { createSyncer, type Syncer } from '../../../syncer/src/sync/syncer.ts';
import { appObjects, podObject } from './objects.ts';
import { agreeingApiServer, endlessTurns, healthyElb } from './outside.ts';

/** How large a cluster is. */
export interface ClusterSize {
  readonly bindings: number;
  readonly podsPerBinding: number;
}

/** A syncer that works in this process, for a cluster that is in its caches only. */
export interface CachedCluster {
  readonly syncer: Syncer;
  /** The seconds of computing that each round so far took. */
  readonly rounds: readonly number[];
  /** A pod changes a little, as when its kubelet writes its status anew. */
  touch(binding: number, pod: number): void;
}

export function startCachedCluster({ bindings: count, podsPerBinding }: ClusterSize): CachedCluster {
  const bindings = createStore<Binding, keyof typeof bindingIndexes>(bindingIndexes);
  const services = createStore<Service>({});
  const namespaces = createStore<Namespace>({});
  const pods = createStore<Pod, 'label' | 'gate'>(podIndexes);
  const projectPod = createPodProjection();
  let version = 1;
  const podAt = (binding: number, pod: number): Pod =>
    projectPod(podObject(binding, pod, Date.UTC(2026, 0) + ++version * 1_000));
  for (let binding = 0; binding < count; binding++) {
    const raw = appObjects(binding);
    put(bindings, projectBinding(raw.binding));
    put(services, projectService(raw.service));
    put(namespaces, projectNamespace(raw.namespace));
    for (let pod = 0; pod < podsPerBinding; pod++) put(pods, podAt(binding, pod));
  }

  function put<T extends { namespace: string; name: string }, I extends string>(
    store: WritableStore<T, I>,
    object: T,
  ) {
    return store.put({ id: object, version: String(++version), object, by: 'watch' });
  }

  const rounds: number[] = [];
  const names = namesOf(lbcGroup);
  const client = agreeingApiServer();
  const logger = createLogger('bench', 'silent');
  const syncer = createSyncer({
    client,
    names,
    snapshot: createSnapshot({
      bindings,
      services,
      pods,
      namespaces,
      nodes: createStore({}),
      endpointSlices: createStore({ service: () => [] }),
    }),
    targetGroups: healthyElb(),
    turns: endlessTurns(),
    bindingApi: createBindingApi(client, names),
    gateSlots: createSlots(gatesAtOnce),
    reads: createClusterReads(client, names),
    events: createEvents(client, systemClock, logger),
    policy: defaultPolicy,
    defaults: defaultBindingSettings,
    tenancy: { allowed: ['*'], tagKey: undefined },
    shard: shardOf(0, 1),
    shadow: false,
    clock: systemClock,
    metrics: timesOf(rounds),
    logger,
  });

  return {
    syncer,
    rounds,
    touch: (binding, pod) => {
      const change = put(pods, podAt(binding, pod));
      if (change) syncer.onPod(change);
    },
  };
}

const nothing = (): void => undefined;

const timesOf = (rounds: number[]): SyncMetrics => ({
  gateOpened: nothing,
  registered: nothing,
  deregistered: nothing,
  terminated: nothing,
  round: (seconds) => rounds.push(seconds),
  elbCall: nothing,
  failed: nothing,
  shadowLead: nothing,
});
