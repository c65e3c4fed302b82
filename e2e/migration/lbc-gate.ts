import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '@targetgate/sandbox/world';
import { gateOf } from '../app.ts';
import { conditionOf, type ApiPod } from '../cluster.ts';
import type { LbcBinding } from './lbc-binding.ts';

/** LBC writes ELB's own reason and description: none of either for a target that is healthy. */
export async function writeGateAsLbc(
  { kube }: World,
  pod: ApiPod,
  { binding, health }: { readonly binding: LbcBinding; readonly health: TargetHealth | undefined },
): Promise<void> {
  const { State, Reason, Description } = health ?? {
    State: 'initial',
    Reason: 'Elb.RegistrationInProgress',
    Description: 'Target registration is in progress',
  };
  const gate = gateOf(binding.metadata.name);
  const status = State === 'healthy' ? 'True' : 'False';
  const [reason, message] = [Reason ?? '', Description ?? ''];
  const now = conditionOf(pod, gate);
  if (now?.status === status && (now.reason ?? '') === reason && (now.message ?? '') === message) return;
  const { name, uid } = pod.metadata;
  await kube.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/${binding.metadata.namespace}/pods/${name}/status`,
    patch: 'strategic',
    body: { metadata: { uid }, status: { conditions: [{ type: gate, status, reason, message }] } },
  });
}
