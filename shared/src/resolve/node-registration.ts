import type { Node } from '../model/index.ts';
import type { Registration } from './resolution.ts';

/** Taints that say that a node is about to end. */
const endings = new Set([
  // Karpenter from 1.0, and before it.
  'karpenter.sh/disrupted',
  'karpenter.sh/disruption',
  'ToBeDeletedByClusterAutoscaler',
  // Kubernetes' own: the cloud says that the machine is shut down; a person says that it will not come back.
  'node.cloudprovider.kubernetes.io/shutdown',
  'node.kubernetes.io/out-of-service',
]);

/** Spot interruptions, scale-in, maintenance: each has a taint of its own (aws-node-termination-handler's README). */
const terminationHandler = 'aws-node-termination-handler/';

/**
 * Whether a node belongs into its target group now; the first row that applies.
 *
 * | being deleted | tainted to end | Ready | registration |
 * | ------------- | -------------- | ----- | ------------ |
 * | yes           |                |       | leaving      |
 * | no            | yes            |       | leaving      |
 * | no            | no             | no    | not-ready    |
 * | no            | no             | yes   | wanted       |
 *
 * A node that is only cordoned still runs its pods: it stays.
 */
export function nodeRegistrationOf(node: Node): Registration {
  if (node.deletedAt !== undefined || node.taints.some(isEnding)) return 'leaving';
  return node.ready ? 'wanted' : 'not-ready';
}

const isEnding = (taint: string): boolean => endings.has(taint) || taint.startsWith(terminationHandler);
