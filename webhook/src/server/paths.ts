/** The paths that LBC's webhooks have too, so that a configuration made for it fits; the same for every API group. */
export const paths = {
  pods: '/mutate-v1-pod',
  bindings: '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding',
} as const;
