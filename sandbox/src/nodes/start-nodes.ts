import { connect, startReflector } from '@targetgate/shared/kube';
import { addressPool } from './address-pool.ts';
import { addressRange } from './address-range.ts';
import { watchCordons } from './cordons.ts';
import type { PodEvent } from './event.ts';
import { podApi } from './kubelet/pod-api.ts';
import { startPodWorker } from './kubelet/pod-worker.ts';
import { nodeIdentity, registerNode, type NodeIdentity } from './node-object.ts';
import type { Nodes, NodesOptions } from './options.ts';
import { projectPod, type Pod } from './pod/pod.ts';
import { routePods } from './pod-router.ts';
import { sandboxRuntime } from './runtimes/sandbox-runtime.ts';
import { createScheduler } from './scheduler.ts';
import { attendedPods } from './unattended.ts';

/** What passes between the end of a pod's last container and its removal, as measured on kubelet 1.36.3. */
const removalDelayMs = [400, 800] as const;

/** Registers the nodes, and runs the pods that are bound to them. Settles when all existing pods are known. */
export async function startNodes(options: NodesOptions): Promise<Nodes> {
  const {
    kubeconfig,
    podRange,
    reuseAddresses,
    startDelayMs = [350, 600],
    firstRestartMs,
    record = () => undefined,
  } = options;
  const nodes = identities(options);
  const client = connect({ kubeconfig });
  const stopping = new AbortController();
  const { signal } = stopping;
  const addresses = addressPool(podRange, reuseAddresses);
  const delays = { start: () => between(startDelayMs), removal: () => between(removalDelayMs) };

  const onProblem = (problem: unknown): void =>
    record({ kind: 'problem', at: Date.now(), message: String(problem) });
  const note = (
    { namespace, name, uid }: Pod,
    step: Pick<PodEvent, 'phase' | 'ip' | 'container' | 'pid'>,
  ): void => record({ kind: 'pod', at: Date.now(), namespace, name, uid, ...step });

  const runtime = await sandboxRuntime(client, options, onProblem);
  await Promise.all(nodes.map((node) => registerNode(client, node, signal)));

  const cordons = watchCordons({
    client,
    nodes,
    onGone: (name) => void router.lose(name),
    onProblem,
  });
  const scheduler = createScheduler({ client, nodes: () => cordons.open(), signal, onProblem });
  const router = routePods({
    start: (pod) => {
      const host = nodes.find(({ name }) => name === pod.nodeName);
      return (
        host &&
        startPodWorker({
          pod,
          hostAddress: host.address,
          addresses,
          runtime,
          api: podApi(client, pod),
          delays,
          firstRestartMs,
          onStep: (step, ip) => note(pod, { ...step, ...(ip !== undefined && { ip }) }),
          onProblem,
        })
      );
    },
    note: (pod, phase) => note(pod, { phase, ...(pod.address !== undefined && { ip: pod.address }) }),
  });
  const pods = startReflector({
    client,
    path: '/api/v1/pods',
    query: attendedPods,
    project: projectPod,
    indexes: {},
    onChange: (change) => {
      router.change(change);
      if (change.after) scheduler.see(change.after);
    },
    onProblem,
  });

  await Promise.all([cordons.synced, pods.synced]);
  record({ kind: 'nodes-ready', at: Date.now(), nodes });
  return {
    nodes,
    close: async () => {
      stopping.abort();
      await Promise.all([cordons.stop(), pods.stop()]);
      await router.close();
      await client.close();
    },
  };
}

function identities({ count, nodeRange }: NodesOptions): NodeIdentity[] {
  const range = addressRange(nodeRange);
  if (count > range.size)
    throw new Error(`${nodeRange} has addresses for ${range.size} nodes, not for ${count}`);
  return Array.from({ length: count }, (_, index) => nodeIdentity(`node-${index + 1}`, range.at(index)));
}

const between = ([least, most]: readonly [number, number]): number => least + Math.random() * (most - least);
