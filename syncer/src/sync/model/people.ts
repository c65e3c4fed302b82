import type { Clock } from '@targetgate/shared/runtime';
import { names } from './api-objects.ts';
import type { ApiServer } from './api-server.ts';
import type { ModelCluster } from './cluster.ts';
import type { Deed, Doers } from './command.ts';
import type { ModelNode, ModelPod } from './objects.ts';
import { annotationsOf, type Setting } from './setting.ts';

export const addressOf = (n: number): string => `10.0.0.${n}`;

/** What people, controllers and kubelets do to the cluster. */
export function createPeople(api: ApiServer, cluster: ModelCluster, clock: Clock, setting: Setting) {
  let made = 0;
  const newUid = (name: string): string => `${name}#${++made}`;

  function changePod(n: number, change: (pod: ModelPod) => Partial<ModelPod>): void {
    const pod = cluster.pods.get(`web-${n}`);
    if (pod) api.put('pods', pod.name, { ...pod, ...change(pod) });
  }

  return {
    create: ({ pod: n, ip, app, gatedBy, ready }) => {
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
    containers: ({ pod, ready }) =>
      changePod(pod, ({ containersReady, readySince, finished }) =>
        finished || containersReady === ready
          ? {}
          : { containersReady: ready, ready: false, readySince: ready ? clock.now() : readySince },
      ),
    ready: ({ pod }) => changePod(pod, ({ containersReady }) => ({ ready: containersReady })),
    relabel: ({ pod, app }) =>
      changePod(pod, (before) => ({ app, formerApps: [...before.formerApps, before.app] })),
    move: ({ pod, ip }) => {
      if (!cluster.hasAddress(addressOf(ip))) changePod(pod, () => ({ ip: addressOf(ip) }));
    },
    terminate: ({ pod }) => changePod(pod, () => ({ terminating: true })),
    finish: ({ pod }) => changePod(pod, () => ({ finished: true, containersReady: false, ready: false })),
    remove: ({ pod }) => {
      if (cluster.pods.has(`web-${pod}`)) api.put('pods', `web-${pod}`, undefined);
    },

    node: ({ node: n, change }) => {
      const name = `node-${n}`;
      const node = cluster.nodes.get(name);
      if (change === 'add') {
        const fresh = { instance: `i-${n}`, ready: true, leaving: false, excluded: false };
        if (node === undefined) api.put('nodes', name, { name, uid: newUid(name), ...fresh });
      } else if (node !== undefined) {
        api.put('nodes', name, change === 'remove' ? undefined : { ...node, ...changesOfNodes[change] });
      }
    },

    service: ({ service: name, to }) => {
      const service = cluster.services.get(name);
      if (to) api.put('services', name, { name, uid: service?.uid ?? newUid(name), ...to });
      else if (service) api.put('services', name, undefined);
    },

    bind: ({ binding: name, service }) => {
      if (cluster.bindings.has(name)) return;
      api.putBinding({
        name,
        uid: newUid(name),
        service,
        targetType: setting.typeLeftOut ? undefined : setting.targets,
        annotations: annotationsOf(setting),
        finalizers: [],
        deletedAt: undefined,
        status: undefined,
      });
    },
    unbind: ({ binding: name }) => {
      const binding = cluster.bindings.get(name);
      if (binding) api.putBinding({ ...binding, deletedAt: binding.deletedAt ?? clock.now() });
    },
    'force-unbind': ({ binding: name }) => {
      const binding = cluster.bindings.get(name);
      if (binding?.deletedAt !== undefined) api.putBinding({ ...binding, finalizers: [] });
    },
    'allow-removals': ({ binding: name, forMs }) => {
      const binding = cluster.bindings.get(name);
      if (binding === undefined) return;
      const until = new Date(clock.now() + forMs).toISOString();
      const allow = { [names.annotation('allow-removals-until')]: until };
      api.putBinding({ ...binding, annotations: { ...binding.annotations, ...allow } });
    },
  } satisfies Partial<Doers<Deed>>;
}

const changesOfNodes = {
  ready: { ready: true },
  'not-ready': { ready: false },
  taint: { leaving: true },
  untaint: { leaving: false },
  exclude: { excluded: true },
} satisfies Record<string, Partial<ModelNode>>;
