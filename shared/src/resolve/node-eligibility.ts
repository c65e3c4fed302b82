import { matches, type LabelSelector, type Node } from '../model/index.ts';

/**
 * Nodes that load balancers leave out: LBC's default selector for instance targets (its pkg/backend/endpoint_utils.go),
 * and the control-plane label that took the place of `master` in Kubernetes 1.24.
 */
const trafficNodes: LabelSelector = [
  ...[
    'node-role.kubernetes.io/control-plane',
    'node-role.kubernetes.io/master',
    'node.kubernetes.io/exclude-from-external-load-balancers',
    'alpha.service-controller.kubernetes.io/exclude-balancer',
  ].map((key) => ({ key, operator: 'DoesNotExist', values: [] }) as const),
  { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] },
];

/** True for a node that may be a target: both the default selector and the binding's own must pick it, as in LBC. */
export const isEligible = ({ labels }: Node, selector: LabelSelector = []): boolean =>
  matches(trafficNodes, labels) && matches(selector, labels);
