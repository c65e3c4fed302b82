import { KubeError, KubeUnreachable } from '@targetgate/shared/kube';
import type { Pod } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { bindingsOfPod } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { BoundPods } from './objection.ts';

/** Pods as the API server has them now. Throws KubeError or KubeUnreachable. */
export interface LivePods {
  /** Undefined where there is none. */
  pod(namespace: string, name: string): Promise<Pod | undefined>;
  /** The pods that have every label of the selector. */
  podsMatching(namespace: string, selector: Readonly<Record<string, string>>): Promise<readonly Pod[]>;
}

/** Where a pod stands when its eviction is asked for. */
export type Standing =
  | { readonly kind: 'no-such-pod' }
  | { readonly kind: 'known'; readonly pod: Pod; readonly bindings: readonly BoundPods[] }
  /** The API server did not say. */
  | { readonly kind: 'unknown'; readonly error: KubeError | KubeUnreachable };

/** Reads all that decides about the eviction of a pod: the pod, and the pods of each binding that selects it. */
export async function standingOf(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { live, view, names }: { live: LivePods; view: Pick<Snapshot, 'bindingsIn' | 'service'>; names: Names },
): Promise<Standing> {
  try {
    const pod = await live.pod(namespace, name);
    if (pod === undefined) return { kind: 'no-such-pod' };
    const bindings = bindingsOfPod(pod, view).map(async ({ name: binding, serviceName }) => {
      const selector = view.service(namespace, serviceName)?.selector ?? {};
      const pods = await live.podsMatching(namespace, selector);
      return { binding, gate: names.gate(binding), pods };
    });
    return { kind: 'known', pod, bindings: await Promise.all(bindings) };
  } catch (error) {
    if (error instanceof KubeError || error instanceof KubeUnreachable) return { kind: 'unknown', error };
    throw error;
  }
}
