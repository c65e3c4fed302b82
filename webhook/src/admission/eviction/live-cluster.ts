import {
  isNotFound,
  KubeError,
  KubeUnreachable,
  listAll,
  type KubeClient,
  type RawObject,
} from '@targetgate/shared/kube';
import { projectNode, projectPod, type Node, type Pod } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import { createJointReads, type Asking } from './joint-reads.ts';
import { createSlots } from './slots.ts';

/** The cluster as the API server has it. Throws KubeError or KubeUnreachable. */
export interface LiveCluster {
  /** As it is now. Undefined where there is none. */
  pod(namespace: string, name: string, asking: Pick<Asking, 'signal'>): Promise<Pod | undefined>;
  /** The pods that have every label of the selector, in the order of their names. */
  podsMatching(
    namespace: string,
    selector: Readonly<Record<string, string>>,
    asking: Asking,
  ): Promise<readonly Pod[]>;
  /** Undefined where there is none, or it cannot be read. */
  node(name: string, asking: Asking): Promise<Node | undefined>;
}

/** For all reads about one eviction: after 2 s of waiting for the caches, within the 5 s of the API server. */
export const patienceMs = 2_400;

/** A list may have thousands of pods, of some 10 kB each while it is parsed. */
const listsAtOnce = 4;
const readsAtOnce = 20;

/**
 * Reads from the API server, as evictions are too few to keep all pods of the cluster in memory for them. But they come in
 * bursts: kubectl drain evicts every pod of a node at once, and a service behind a target group may have a thousand pods.
 * So lists are shared, and only so many things are read at once.
 */
export function createLiveCluster(client: KubeClient, clock: Clock): LiveCluster {
  const [lists, reads] = [createSlots(listsAtOnce), createSlots(readsAtOnce)];

  const get = async <T>(path: string, project: (raw: RawObject) => T, signal: AbortSignal) => {
    try {
      const raw = await reads(() => client.request<RawObject>({ method: 'GET', path, signal }), signal);
      return project(raw);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  async function list(key: string, signal: AbortSignal): Promise<readonly Pod[]> {
    const [path = '', labelSelector = ''] = key.split('?');
    const pods: Pod[] = [];
    const selection = { client, path, query: { labelSelector }, signal };
    await lists(() => listAll(selection, (raw) => pods.push(projectPod(raw))), signal);
    return pods;
  }

  const jointLists = createJointReads({ read: list, clock, patienceMs });
  const jointNodes = createJointReads({
    read: (name, signal) => get(`/api/v1/nodes/${name}`, projectNode, signal),
    clock,
    patienceMs,
  });

  return {
    pod: (namespace, name, { signal }) => get(`${podsIn(namespace)}/${name}`, projectPod, signal),
    podsMatching: (namespace, selector, asking) => {
      const labels = Object.entries(selector).map(([label, value]) => `${label}=${value}`);
      return jointLists(`${podsIn(namespace)}?${labels.join()}`, asking);
    },
    node: async (name, asking) => {
      try {
        return await jointNodes(name, asking);
      } catch (error) {
        if (error instanceof KubeError || error instanceof KubeUnreachable) return undefined;
        throw error;
      }
    },
  };
}

const podsIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;
