/** The paths, the same for every API group. Those that LBC's webhooks have too are LBC's: a configuration made for it fits. */
export const paths = {
  /** Pods of namespaces that ask for gates. */
  pods: '/mutate-v1-pod',
  /** Of those that ask for gates, and for ends that outlast the drain. */
  podsGatesAndTermination: '/mutate-v1-pod-gates-and-termination',
  /** Of those that ask for such ends only. */
  podsTermination: '/mutate-v1-pod-termination',
  bindings: '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding',
  evictions: '/validate-eviction',
} as const;
