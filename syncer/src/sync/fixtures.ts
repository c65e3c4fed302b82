import { apiBinding, apiService } from '@targetgate/shared/fixtures';
import { createStore, KubeError, type KubeClient, type KubeRequest } from '@targetgate/shared/kube';
import { projectBinding, projectPod, projectService, type Pod } from '@targetgate/shared/model';
import { namesOf } from '@targetgate/shared/names';
import { createLogger, type Clock } from '@targetgate/shared/runtime';
import { bindingIndexes, createSnapshot, podIndexes } from '@targetgate/shared/snapshot';
import { targetKey, type TargetKey } from '../ledger/ledger.ts';
import { gate, podObject, type PodTraits } from '../plan/fixtures.ts';
import { defaultPolicy, type GateCondition, type TargetHealth } from '../plan/index.ts';
import { createBindingApi } from './binding-api.ts';
import { createSyncer, type Syncer } from './syncer.ts';
import type { ElbResult, ElbTrouble, TargetGroups } from './target-groups.ts';

const names = namesOf('elbv2.k8s.aws');

/** A clock that stands still until it is moved, and then gives what becomes due some turns of the event loop. */
function createFakeClock(turns: number): Clock & { advance(ms: number): Promise<void> } {
  let now = Date.parse('2026-01-01T12:00:00Z');
  const timers = new Set<{ readonly time: number; readonly callback: () => void }>();
  return {
    now: () => now,
    at: (time, callback) => {
      const timer = { time, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const end = now + ms;
      for (;;) {
        await settle(turns);
        const [next] = [...timers].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.time);
        next.callback();
      }
      now = end;
      await settle(turns);
    },
  };
}

/** Lets everything run that needs no time: promises, and the rounds that they ask for. */
export async function settle(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** An ELB in memory with one target group. Health is what the test says it is. */
function createFakeElb() {
  const targets = new Map<TargetKey, TargetHealth>();
  const calls: string[] = [];
  const refusals = new Map<string, ElbTrouble>();
  /** Calls of these operations wait until they are let go. */
  const gates = new Map<string, Promise<void>>();

  async function call<T>(operation: string, about: string, act: () => T): Promise<ElbResult<T>> {
    calls.push(about === '' ? operation : `${operation} ${about}`);
    await gates.get(operation);
    const trouble = refusals.get(operation);
    return trouble ? { trouble } : { ok: act() };
  }

  const groups: TargetGroups = {
    find: (ref) => Promise.resolve({ ok: ref.by === 'arn' ? ref.arn : `arn:${ref.name}` }),
    health: () => call('look', '', () => new Map(targets)),
    register: (_, added) =>
      call('register', added.map(targetKey).join(), () => {
        for (const key of added.map(targetKey)) {
          if (!targets.has(key) || targets.get(key)?.state === 'draining')
            targets.set(key, { state: 'initial' });
        }
        return undefined;
      }),
    deregister: (_, removed) =>
      call('deregister', removed.map(targetKey).join(), () => {
        for (const key of removed.map(targetKey))
          if (targets.has(key)) targets.set(key, { state: 'draining' });
        return undefined;
      }),
  };
  return { groups, targets, calls, refusals, gates };
}

/** The parts of the API server that the syncer writes to, in memory. Its calls are kept in `reads` and `writes`. */
function createFakeApi(onPodStatus: (uid: string, condition: GateCondition) => void) {
  const configMaps = new Map<string, { version: number; body: Record<string, unknown> }>();
  const bindings = new Map<string, { uid: string; resourceVersion: string; finalizers: string[] }>();
  const reads: string[] = [];
  const writes: string[] = [];

  function answer({ method, path, body }: KubeRequest): unknown {
    const name = path.split('/').at(-1) ?? '';
    (method === 'GET' ? reads : writes).push(`${method} ${path}`);
    if (path.includes('/configmaps')) return configMap(method, method === 'POST' ? nameIn(body) : name, body);
    if (path.includes('/pods/')) {
      const patch = body as { metadata: { uid: string }; status: { conditions: [GateCondition] } };
      onPodStatus(patch.metadata.uid, patch.status.conditions[0]);
      return {};
    }
    if (path.endsWith('/status') || path.endsWith('/events')) return {};
    const binding = bindings.get(name);
    if (binding === undefined) throw notFound(path);
    if (method === 'PATCH')
      binding.finalizers = (body as { metadata: { finalizers: string[] } }).metadata.finalizers;
    return { metadata: { ...binding } };
  }

  function configMap(method: string, name: string, body: unknown): unknown {
    const found = configMaps.get(name);
    if (method === 'GET') {
      if (found === undefined) throw notFound(name);
      return { ...found.body, metadata: { name, resourceVersion: String(found.version) } };
    }
    const sent = body as { metadata: { resourceVersion?: string } };
    if (method === 'PUT' && found === undefined) throw notFound(name);
    if (method === 'POST' ? found !== undefined : sent.metadata.resourceVersion !== String(found?.version)) {
      throw new KubeError(409, method === 'POST' ? 'AlreadyExists' : 'Conflict', `${name} was changed`);
    }
    const version = (found?.version ?? 0) + 1;
    configMaps.set(name, { version, body: sent });
    return { metadata: { name, resourceVersion: String(version) } };
  }

  const client: KubeClient = {
    request: async <T>(request: KubeRequest) => {
      await Promise.resolve();
      return answer(request) as T;
    },
    lines: () => {
      throw new Error('nothing is watched here');
    },
    close: () => Promise.resolve(),
  };
  return { client, configMaps, bindings, reads, writes };
}

const nameIn = (body: unknown): string => (body as { metadata: { name: string } }).metadata.name;
const notFound = (what: string): KubeError => new KubeError(404, 'NotFound', `${what} not found`);

/** What a syncer works with. */
export interface Surroundings {
  readonly client: KubeClient;
  readonly targetGroups: TargetGroups;
  readonly clock: Clock;
}

/**
 * A syncer in a cluster of one service and one binding, both named `web`, with a clock, an API and an ELB of its own.
 * Each syncer that starts reaches them by `connect`; where every call takes time, few turns of the event loop will do.
 */
export function createHarness({
  connect = (surroundings: Surroundings): Surroundings => surroundings,
  turns = 50,
} = {}) {
  const clock = createFakeClock(turns);
  const elb = createFakeElb();
  const podStore = createStore(podIndexes);
  const bindingStore = createStore(bindingIndexes);
  const serviceStore = createStore<ReturnType<typeof projectService>>({});
  const snapshot = createSnapshot({ bindings: bindingStore, services: serviceStore, pods: podStore });
  const uids = new Map<string, { n: number; traits: PodTraits }>();
  let version = 0;
  let syncer: Syncer;

  const api = createFakeApi((uid, condition) => {
    const pod = uids.get(uid);
    if (pod === undefined)
      throw new KubeError(422, 'Invalid', 'metadata.uid: Invalid value: field is immutable');
    setPod(pod.n, { ...pod.traits, open: condition }, uid);
  });

  function putPod(name: string, pod: Pod | undefined): void {
    const change = podStore.put({ namespace: 'shop', name }, String(++version), pod);
    if (change) syncer.onPod(change);
  }

  /** Creates or changes pod `web-<n>`. */
  function setPod(n: number, traits: PodTraits = {}, uid = `uid-${n}`): void {
    uids.set(uid, { n, traits });
    const object = podObject(n, traits);
    putPod(`web-${n}`, projectPod({ ...object, metadata: { ...object.metadata, uid } }));
  }

  function setBinding(
    metadata: Record<string, unknown> | undefined,
    spec: Record<string, unknown> = {},
  ): void {
    const binding = metadata && projectBinding(apiBinding({ metadata, spec }));
    if (binding)
      api.bindings.set('web', {
        uid: binding.uid,
        resourceVersion: '1',
        finalizers: [...binding.finalizers],
      });
    else api.bindings.delete('web');
    const change = bindingStore.put({ namespace: 'shop', name: 'web' }, String(++version), binding);
    if (change) syncer.onBinding(change);
  }

  function startSyncer(): void {
    const nothing = (): void => undefined;
    const { client, targetGroups } = connect({ client: api.client, targetGroups: elb.groups, clock });
    syncer = createSyncer({
      client,
      names,
      snapshot,
      targetGroups,
      bindingApi: createBindingApi(client, names, clock),
      policy: defaultPolicy,
      clock,
      logger: createLogger('syncer', 'silent'),
      metrics: {
        gateOpened: nothing,
        registered: nothing,
        deregistered: nothing,
        round: nothing,
        elbCall: nothing,
        failed: nothing,
      },
    });
    for (const pod of podStore.list()) syncer.onPod({ before: undefined, after: pod });
    for (const binding of bindingStore.list()) syncer.onBinding({ before: undefined, after: binding });
    syncer.start();
  }

  startSyncer();
  serviceStore.put({ namespace: 'shop', name: 'web' }, '1', projectService(apiService()));
  return {
    clock,
    elb,
    api,
    setPod,
    /** Changes some traits of a pod; the others stay, its gate among them. */
    changePod: (n: number, traits: PodTraits, uid = `uid-${n}`): void => {
      setPod(n, { ...uids.get(uid)?.traits, ...traits }, uid);
    },
    removePod: (n: number, uid = `uid-${n}`): void => {
      uids.delete(uid);
      putPod(`web-${n}`, undefined);
    },
    setBinding,
    /** Creates or changes the service `web`, or removes it. */
    setService: (spec: Record<string, unknown> | undefined): void => {
      const service = spec && projectService(apiService({ spec }));
      const change = serviceStore.put({ namespace: 'shop', name: 'web' }, String(++version), service);
      if (change) syncer.onService(change);
    },
    /** Pod `web-<n>` is gone from the API server, and the watch does not show it. */
    vanishPod: (n: number): void => {
      uids.delete(`uid-${n}`);
    },
    /** The condition of the gate of pod `web-<n>`. */
    gateOf: (n: number) => podStore.get('shop', `web-${n}`)?.conditions.find(({ type }) => type === gate),
    /** Whether the gate of pod `web-<n>` is True. */
    isOpen: (n: number): boolean => {
      const pod = podStore.get('shop', `web-${n}`);
      return pod?.conditions.some(({ type, status }) => type === gate && status === 'True') ?? false;
    },
    /** The ledger as the ConfigMap has it. */
    ledgerText: (): string =>
      (api.configMaps.get(names.ledger('web'))?.body.data as { targets: string } | undefined)?.targets ?? '',
    restart: async (): Promise<void> => {
      await syncer.stop();
      startSyncer();
    },
    /** Starts a syncer that knows nothing of the one before, and does not wait for that one's calls. */
    replaceSyncer: (): void => {
      void syncer.stop();
      startSyncer();
    },
    stop: () => syncer.stop(),
  };
}
