import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import { untilAnswered } from '../until-answered.ts';
import type { PodStatus } from './pod-status.ts';

/** What a kubelet does to one pod in the API. Both calls are made until the API server answers. */
export interface PodApi {
  /** Patches the status; conditions of others stay. False where the pod is gone, or another one has its name. */
  patchStatus(status: PodStatus, signal: AbortSignal): Promise<boolean>;
  /** Removes the pod for good. Nothing happens where it is gone already. */
  remove(signal: AbortSignal): Promise<void>;
}

export function podApi(
  client: KubeClient,
  { namespace, name, uid }: { namespace: string; name: string; uid: string },
): PodApi {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;

  async function unlessGone(call: () => Promise<unknown>, signal: AbortSignal): Promise<boolean> {
    try {
      await untilAnswered(call, signal);
      return true;
    } catch (error) {
      if (signal.aborted || isNotFound(error) || isConflict(error)) return false;
      throw error;
    }
  }

  return {
    patchStatus: (status, signal) => {
      const body = { metadata: { uid }, status };
      return unlessGone(
        () => client.request({ method: 'PATCH', path: `${path}/status`, patch: 'strategic', body, signal }),
        signal,
      );
    },
    remove: async (signal) => {
      const body = { gracePeriodSeconds: 0, preconditions: { uid } };
      await unlessGone(() => client.request({ method: 'DELETE', path, body, signal }), signal);
    },
  };
}
