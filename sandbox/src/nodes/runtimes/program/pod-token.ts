import type { KubeClient } from '@targetgate/shared/kube';
import type { Pod } from '../../pod/pod.ts';
import { untilAnswered } from '../../until-answered.ts';

/** A ServiceAccount's token, bound to a pod: the API server refuses it once the pod is gone. */
export interface PodToken {
  readonly token: string;
  /** When to ask for the next one: after 80 % of its life, as kubelet does. Milliseconds from now. */
  readonly refreshInMs: number;
}

/** An hour, as for the tokens that kubelet mounts (3607 s there, to tell the two kinds apart). */
const lifeSeconds = 3600;

/**
 * Asks for a token of the pod's ServiceAccount by the TokenRequest API.
 *
 * @throws KubeError where there is no such account, or the pod is gone.
 */
export async function requestToken(client: KubeClient, pod: Pod, signal: AbortSignal): Promise<PodToken> {
  const path = `/api/v1/namespaces/${pod.namespace}/serviceaccounts/${pod.serviceAccount}/token`;
  const boundObjectRef = { kind: 'Pod', apiVersion: 'v1', name: pod.name, uid: pod.uid };
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences: [], expirationSeconds: lifeSeconds, boundObjectRef },
  };
  const { status } = await untilAnswered(
    () =>
      client.request<{ status: { token: string; expirationTimestamp: string } }>({
        method: 'POST',
        path,
        body,
        signal,
      }),
    signal,
  );
  return { token: status.token, refreshInMs: 0.8 * (Date.parse(status.expirationTimestamp) - Date.now()) };
}
