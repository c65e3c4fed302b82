import type { Manifest } from '../world/index.ts';

/** The webhooks of LBC's Helm chart that are about bindings and their pods, at a URL in place of a service. */
export function lbcWebhooks(url: string, caBundle: string): readonly Manifest[] {
  const webhook = (name: string, path: string, rest: object) => ({
    name: `${name}.elbv2.k8s.aws`,
    admissionReviewVersions: ['v1beta1'],
    clientConfig: { url: `${url}${path}`, caBundle: Buffer.from(caBundle).toString('base64') },
    sideEffects: 'None',
    ...rest,
  });
  const ofBindings = {
    failurePolicy: 'Fail',
    rules: [
      {
        apiGroups: ['elbv2.k8s.aws'],
        apiVersions: ['v1beta1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['targetgroupbindings'],
      },
    ],
  };
  const ofPods = {
    failurePolicy: 'Ignore',
    namespaceSelector: { matchLabels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  };
  const configuration = (kind: string, webhooks: readonly object[]): Manifest => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'aws-load-balancer-webhook' },
    webhooks,
  });
  const path = 'elbv2-k8s-aws-v1beta1-targetgroupbinding';
  return [
    configuration('MutatingWebhookConfiguration', [
      webhook('mpod', '/mutate-v1-pod', ofPods),
      webhook('mtargetgroupbinding', `/mutate-${path}`, ofBindings),
    ]),
    configuration('ValidatingWebhookConfiguration', [
      webhook('vtargetgroupbinding', `/validate-${path}`, ofBindings),
    ]),
  ];
}
