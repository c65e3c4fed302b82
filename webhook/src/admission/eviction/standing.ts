import { KubeError, KubeUnreachable } from '@targetgate/shared/kube';
import type { Node } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { bindingsOfPod, nodeRegistrationOf } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Asking } from './joint-reads.ts';
import type { LiveCluster } from './live-cluster.ts';
import type { EvictionCase } from './objection.ts';

/** Where a pod stands when its eviction is asked for. */
export type Standing =
  | { readonly kind: 'no-such-pod' }
  | ({ readonly kind: 'known' } & Omit<EvictionCase, 'isLeaving'>)
  /** The API server did not say. */
  | { readonly kind: 'unknown'; readonly error: KubeError | KubeUnreachable };

/** The pod that is meant: by its uid too, where whoever evicts it says so. */
export interface MeantPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | undefined;
}

/** Reads all that decides about the eviction of a pod: the pod, its node, and the pods of each binding that selects it. */
export async function standingOf(
  { namespace, name, uid }: MeantPod,
  asking: Asking,
  { live, view, names }: { live: LiveCluster; view: Pick<Snapshot, 'bindingsIn' | 'service'>; names: Names },
): Promise<Standing> {
  try {
    const pod = await live.pod(namespace, name, asking);
    if (pod === undefined || pod.uid !== (uid ?? pod.uid)) return { kind: 'no-such-pod' };
    const reads = bindingsOfPod(pod, view).map(async ({ name: binding, serviceName }) => {
      const selector = view.service(namespace, serviceName)?.selector ?? {};
      const pods = await live.podsMatching(namespace, selector, asking);
      return { binding, gate: names.gate(binding), pods };
    });
    const asksForNode = reads.length > 0 && pod.nodeName !== '';
    const [node, bindings] = await Promise.all([
      asksForNode ? live.node(pod.nodeName, asking) : undefined,
      Promise.all(reads),
    ]);
    return { kind: 'known', pod, bindings, nodeEmpties: node !== undefined && empties(node) };
  } catch (error) {
    if (error instanceof KubeError || error instanceof KubeUnreachable) return { kind: 'unknown', error };
    throw error;
  }
}

/** kubectl drain and managed node groups cordon a node first; Karpenter and cluster-autoscaler taint it. */
const empties = (node: Node): boolean => node.cordoned || nodeRegistrationOf(node) === 'leaving';
