import { isNotFound, type KubeClient, type RawObject } from '@targetgate/shared/kube';
import { projectPod, type Pod } from '@targetgate/shared/model';
import type { LivePods } from './standing.ts';

/** One after the other, a pod and a list, after 2 s of waiting for the caches: all within the 5 s of the API server. */
const readWithinMs = 1_200;

/**
 * Reads pods from the API server, as evictions are too rare to keep all pods of the cluster in memory for them. A list
 * that is under way serves all who ask for it: kubectl drain evicts every pod of a node at once, and a service behind a
 * target group may have a thousand pods.
 */
export function createLivePods(client: Pick<KubeClient, 'request'>): LivePods {
  const underWay = new Map<string, Promise<readonly Pod[]>>();
  const get = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
    client.request({ method: 'GET', path, query, signal: AbortSignal.timeout(readWithinMs) });

  async function list(path: string, labelSelector: string): Promise<readonly Pod[]> {
    const { items } = await get<{ items: RawObject[] }>(path, { labelSelector });
    return items.map(projectPod);
  }

  return {
    pod: async (namespace, name) => {
      try {
        return projectPod(await get(`${podsIn(namespace)}/${name}`));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    podsMatching: (namespace, selector) => {
      const labelSelector = Object.entries(selector)
        .map(([label, value]) => `${label}=${value}`)
        .join();
      const key = `${namespace}/${labelSelector}`;
      const begun =
        underWay.get(key) ?? list(podsIn(namespace), labelSelector).finally(() => underWay.delete(key));
      underWay.set(key, begun);
      return begun;
    },
  };
}

const podsIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;
