import type { Clock } from '@targetgate/shared/runtime';
import { names } from './api-objects.ts';
import type { ApiServer } from './api-server.ts';
import type { ModelCluster } from './cluster.ts';
import type { BindingName, Command, ServiceName } from './command.ts';
import type { ModelNode, ModelPod } from './objects.ts';
import { annotationsOf, type Setting } from './setting.ts';

/** What people, controllers and kubelets do to the cluster. */
export function createPeople(api: ApiServer, cluster: ModelCluster, clock: Clock, setting: Setting) {
  let made = 0;
  const newUid = (name: string): string => `${name}#${++made}`;
  const annotations = annotationsOf(setting);

  function changePod(n: number, change: (pod: ModelPod) => Partial<ModelPod>): void {
    const pod = cluster.pods.get(`web-${n}`);
    if (pod) api.put('pods', pod.name, { ...pod, ...change(pod) });
  }

  const changes: Record<string, Partial<ModelNode>> = {
    ready: { ready: true },
    'not-ready': { ready: false },
    taint: { leaving: true },
    untaint: { leaving: false },
    exclude: { excluded: true },
  };

  return {
    create: ({ pod: n, ip, app, gatedBy, ready }: Extract<Command, { do: 'create' }>): void => {
      const name = `web-${n}`;
      if (cluster.pods.has(name) || cluster.hasAddress(addressOf(ip))) return;
      api.put('pods', name, {
        name,
        uid: newUid(name),
        ip: addressOf(ip),
        app,
        formerApps: [],
        gatedBy,
        containersReady: ready,
        readySince: clock.now(),
        ready: false,
        terminating: false,
        finished: false,
        conditions: {},
      });
    },
    containers: (n: number, ready: boolean): void =>
      changePod(n, ({ containersReady, readySince, finished }) =>
        finished || containersReady === ready
          ? {}
          : { containersReady: ready, ready: false, readySince: ready ? clock.now() : readySince },
      ),
    makeReady: (n: number): void => changePod(n, ({ containersReady }) => ({ ready: containersReady })),
    relabel: (n: number, app: string): void =>
      changePod(n, (pod) => ({ app, formerApps: [...pod.formerApps, pod.app] })),
    move: (n: number, ip: number): void => {
      if (!cluster.hasAddress(addressOf(ip))) changePod(n, () => ({ ip: addressOf(ip) }));
    },
    terminate: (n: number): void => changePod(n, () => ({ terminating: true })),
    finish: (n: number): void =>
      changePod(n, () => ({ finished: true, containersReady: false, ready: false })),
    removePod: (n: number): void => {
      if (cluster.pods.has(`web-${n}`)) api.put('pods', `web-${n}`, undefined);
    },

    changeNode: (n: number, change: Extract<Command, { do: 'node' }>['change']): void => {
      const name = `node-${n}`;
      const node = cluster.nodes.get(name);
      if (change === 'add') {
        const fresh = { instance: `i-${n}`, ready: true, leaving: false, excluded: false };
        if (node === undefined) api.put('nodes', name, { name, uid: newUid(name), ...fresh });
      } else if (node !== undefined) {
        api.put('nodes', name, change === 'remove' ? undefined : { ...node, ...changes[change] });
      }
    },

    setService: (name: ServiceName, to: { selects: string; port: number } | undefined): void => {
      const service = cluster.services.get(name);
      if (to) api.put('services', name, { name, uid: service?.uid ?? newUid(name), ...to });
      else if (service) api.put('services', name, undefined);
    },

    bind: (name: BindingName, service: ServiceName): void => {
      if (cluster.bindings.has(name)) return;
      api.putBinding({
        name,
        uid: newUid(name),
        service,
        targetType: setting.typeLeftOut ? undefined : setting.targets,
        annotations,
        finalizers: [],
        deletedAt: undefined,
        status: undefined,
      });
    },
    unbind: (name: BindingName): void => {
      const binding = cluster.bindings.get(name);
      if (binding) api.putBinding({ ...binding, deletedAt: binding.deletedAt ?? clock.now() });
    },
    forceUnbind: (name: BindingName): void => {
      const binding = cluster.bindings.get(name);
      if (binding?.deletedAt !== undefined) api.putBinding({ ...binding, finalizers: [] });
    },
    allowRemovals: (name: BindingName, until: number): void => {
      const binding = cluster.bindings.get(name);
      if (binding === undefined) return;
      const allow = { [names.annotation('allow-removals-until')]: new Date(until).toISOString() };
      api.putBinding({ ...binding, annotations: { ...binding.annotations, ...allow } });
    },
  };
}

export const addressOf = (n: number): string => `10.0.0.${n}`;
