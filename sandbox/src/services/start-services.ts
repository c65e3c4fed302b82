import { startReflector, type KubeClient } from '@targetgate/shared/kube';
import { attendedPods } from '../nodes/unattended.ts';
import { backendsOf } from './backends.ts';
import type { RecordEvent } from './event.ts';
import { frontendsOf } from './frontends.ts';
import { projectPod, type Pod } from './pod.ts';
import { createProxy } from './proxy.ts';
import { projectService } from './service.ts';
import { fixedNodeAddresses, watchNodeAddresses } from './node-addresses.ts';

/** What the services are made of. */
export interface ServicesOptions {
  readonly client: KubeClient;
  readonly record?: RecordEvent;
  /** Where node ports are opened; without it, on the InternalIP of each Node object. */
  readonly nodeAddresses?: readonly string[];
}

/** Services that are served. */
export interface Services {
  /** Closes all ports and breaks off all connections. The client stays open: it is the caller's. */
  close(): Promise<void>;
}

/** Serves all services of the cluster, and follows their changes. Settles when all that exist are known. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { client, nodeAddresses, record = () => undefined } = options;
  const onProblem = (problem: unknown): void =>
    record({ kind: 'problem', at: Date.now(), message: String(problem) });
  const watch = { client, onProblem };

  const pods = startReflector<Pod, 'namespace'>({
    ...watch,
    path: '/api/v1/pods',
    query: attendedPods,
    project: projectPod,
    indexes: { namespace: (pod) => [pod.namespace] },
  });
  const proxy = createProxy({
    backends: ({ service, servicePort }) =>
      backendsOf(service, servicePort, pods.store.indexed('namespace', service.namespace)),
    record,
  });
  const nodes =
    nodeAddresses === undefined
      ? watchNodeAddresses({ ...watch, onChange: serve })
      : fixedNodeAddresses(nodeAddresses);
  const services = startReflector({
    ...watch,
    path: '/api/v1/services',
    project: projectService,
    indexes: {},
    onChange: serve,
  });

  function serve(): void {
    const known = [...services.store.list()];
    proxy.serve(known.flatMap((service) => frontendsOf(service, nodes.addresses())));
  }

  await Promise.all([pods.synced, nodes.synced, services.synced]);
  record({ kind: 'services-ready', at: Date.now() });
  return {
    close: async () => {
      await Promise.all([pods.stop(), nodes.stop(), services.stop()]);
      proxy.close();
    },
  };
}
