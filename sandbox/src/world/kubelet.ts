import type { KubeClient } from '@targetgate/shared/kube';

/** The node lifecycle controller's taint for a node that it hears nothing from. */
const unreachable = 'node.kubernetes.io/unreachable';

interface RawNode {
  readonly spec: { readonly taints?: readonly { readonly key: string; readonly effect: string }[] };
}

interface RawPod {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly spec: { readonly readinessGates?: readonly { readonly conditionType: string }[] };
  readonly status: { readonly conditions?: readonly Condition[] };
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

/**
 * Writes what the API says once a node's kubelet has been silent for too long, or is back: the node's Ready condition
 * and taints, and its pods' Ready condition. Nothing happens on the node: as when a kubelet dies, its containers run
 * on. It stands in for the node lifecycle controller, which takes 40 s to notice.
 */
export async function setKubelet(kube: KubeClient, node: string, state: 'dead' | 'alive'): Promise<void> {
  const path = `/api/v1/nodes/${node}`;
  const now = new Date().toISOString();
  const { spec } = await kube.request<RawNode>({ method: 'GET', path });
  const others = (spec.taints ?? []).filter(({ key }) => key !== unreachable);
  const taints = ['NoSchedule', 'NoExecute'].map((effect) => ({ key: unreachable, effect, timeAdded: now }));
  const alive = { status: 'True', reason: 'KubeletReady', message: 'the sandbox node is ready' };
  const dead = {
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  };
  const condition = { type: 'Ready', lastTransitionTime: now, ...(state === 'dead' ? dead : alive) };
  const patch = { method: 'PATCH', patch: 'strategic' } as const;
  await kube.request({ ...patch, path: `${path}/status`, body: { status: { conditions: [condition] } } });
  const body = { spec: { taints: state === 'dead' ? [...others, ...taints] : others } };
  await kube.request({ method: 'PATCH', patch: 'merge', path, body });

  const { items } = await kube.request<{ items: RawPod[] }>({
    method: 'GET',
    path: '/api/v1/pods',
    query: { fieldSelector: `spec.nodeName=${node}` },
  });
  for (const { metadata, ...pod } of items) {
    const status = state === 'alive' && isReady(pod) ? 'True' : 'False';
    const body = { metadata: { uid: metadata.uid }, status: { conditions: [{ type: 'Ready', status }] } };
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`;
    await kube.request({ ...patch, path, body });
  }
}

/** Whether a kubelet would call the pod ready: its containers are, and its gates are open. */
function isReady({ spec, status }: Pick<RawPod, 'spec' | 'status'>): boolean {
  const gates = (spec.readinessGates ?? []).map(({ conditionType }) => conditionType);
  return ['ContainersReady', ...gates].every((type) =>
    status.conditions?.some((condition) => condition.type === type && condition.status === 'True'),
  );
}
