import { createHash } from 'node:crypto';
import { isConflict, type KubeClient } from '@targetgate/shared/kube';
import { region } from '../region.ts';
import { untilAnswered } from './until-answered.ts';

/** A node of the sandbox, and the EC2 instance that it stands for. */
export interface NodeIdentity {
  readonly name: string;
  readonly address: string;
  readonly instanceId: string;
}

const zone = `${region}a`;

/** The node with a name: its instance id follows from the name, so it is the same after a restart. */
export const nodeIdentity = (name: string, address: string): NodeIdentity => ({
  name,
  address,
  instanceId: `i-${createHash('sha256').update(name).digest('hex').slice(0, 17)}`,
});

/** Registers a node, or, where it is registered already, reports it ready. */
export async function registerNode(
  client: KubeClient,
  node: NodeIdentity,
  signal: AbortSignal,
): Promise<void> {
  const path = '/api/v1/nodes';
  const body = nodeObject(node, new Date());
  try {
    await untilAnswered(() => client.request({ method: 'POST', path, body, signal }), signal);
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  // The API server taints a new node until the node lifecycle controller has seen it ready; there is none here.
  const ready = { spec: { taints: null }, status: body.status };
  const patch = { method: 'PATCH', patch: 'merge', body: ready, signal } as const;
  await untilAnswered(() => client.request({ ...patch, path: `${path}/${node.name}` }), signal);
  await untilAnswered(() => client.request({ ...patch, path: `${path}/${node.name}/status` }), signal);
}

function nodeObject({ name, address, instanceId }: NodeIdentity, now: Date) {
  const resources = { cpu: '4', memory: '16Gi', pods: '250' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { providerID: `aws:///${zone}/${instanceId}` },
    status: {
      capacity: resources,
      allocatable: resources,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'the sandbox node is ready',
          lastHeartbeatTime: now.toISOString(),
          lastTransitionTime: now.toISOString(),
        },
      ],
    },
  };
}
