import { apiBinding, apiNode, apiPod, apiService } from '@targetgate/shared/fixtures';
import type { RawObject } from '@targetgate/shared/kube';
import { namesOf } from '@targetgate/shared/names';
import { isReady, nodePort, type Kind, type Kinds, type ModelPod } from './objects.ts';

export const names = namesOf('elbv2.k8s.aws');

/** The ARN of the target group that all bindings of the model mean. */
export const groupArn = 'arn:aws:elasticloadbalancing:us-west-2:000000000001:targetgroup/web/1';

const roles = 'arn:aws:iam::000000000001:role/';

/** Each binding has a role of its own, by which its calls to ELB are told apart. */
export const bindingOfRole = (role: { readonly arn: string } | undefined): string =>
  role?.arn.slice(roles.length) ?? 'lost';

/** The objects of the model as the API server sends them. */
export const apiObjectOf: { readonly [K in Kind]: (object: Kinds[K]) => RawObject } = {
  pods: (pod) =>
    apiPod({
      metadata: {
        name: pod.name,
        uid: pod.uid,
        labels: { app: pod.app },
        ...(pod.terminating && { deletionTimestamp: '2026-01-01T12:00:30Z' }),
      },
      spec: { readinessGates: pod.gatedBy.map((binding) => ({ conditionType: names.gate(binding) })) },
      status: {
        phase: pod.finished ? 'Succeeded' : 'Running',
        podIPs: [{ ip: pod.ip }],
        conditions: conditionsOf(pod),
      },
    }),

  services: ({ name, uid, selects, port }) =>
    apiService({
      metadata: { name, uid },
      spec: { selector: { app: selects }, ports: [{ port: 80, targetPort: port, nodePort }] },
    }),

  nodes: ({ name, uid, instance, ready, leaving, excluded }) =>
    apiNode({
      metadata: {
        name,
        uid,
        labels: excluded ? { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {},
      },
      spec: {
        providerID: `aws:///us-west-2a/${instance}`,
        ...(leaving && { taints: [{ key: 'karpenter.sh/disrupted' }] }),
      },
      status: { conditions: [condition('Ready', ready)] },
    }),

  bindings: ({ name, uid, service, targetType, annotations, finalizers, deletedAt, status }) =>
    apiBinding({
      metadata: {
        name,
        uid,
        annotations,
        finalizers,
        ...(deletedAt !== undefined && { deletionTimestamp: new Date(deletedAt).toISOString() }),
      },
      spec: {
        targetGroupARN: groupArn,
        targetType,
        iamRoleArnToAssume: roles + name,
        serviceRef: { name: service, port: 80 },
      },
      ...(status && { status: { ...status } }),
    }),
};

const condition = (type: string, yes: boolean) => ({ type, status: yes ? 'True' : 'False' });

function conditionsOf(pod: ModelPod): object[] {
  const readyAt = new Date(pod.readySince).toISOString();
  return [
    { ...condition('ContainersReady', pod.containersReady), lastTransitionTime: readyAt },
    condition('Ready', isReady(pod)),
    ...Object.entries(pod.conditions).map(([binding, gate]) => ({ type: names.gate(binding), ...gate })),
  ];
}
