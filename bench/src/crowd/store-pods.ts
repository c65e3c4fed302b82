import { randomUUID } from 'node:crypto';
import type { World } from '@targetgate/sandbox/world';
import { podWrite, storePod, type ApiPod } from '../etcd/store-pod.ts';
import { create } from './create.ts';
import { each } from './each.ts';
import { podObject } from './objects.ts';
import type { CrowdPod } from './start-crowd.ts';
import type { PlannedPod } from './plan.ts';

/** Writes to etcd at a time. */
const atOnce = 16;

/** Puts pods into a cluster by the thousand. */
export interface PodStore {
  /** Stores pods with the status that each is to have. */
  store(pods: readonly PlannedPod[], statusOf: (pod: PlannedPod) => object): Promise<CrowdPod[]>;
}

/**
 * Pods that are written straight into etcd, since the API server would take minutes for them. The first pod of each
 * app is made through the API server, so that its defaults and the webhook's gate are in it; the others are as it is,
 * with a name, a uid, a node and an address of their own.
 */
export function createPodStore({ kube, controlPlane, broken: signal }: World): PodStore {
  /** By app. */
  const templates = new Map<string, Promise<ApiPod>>();

  const templateOf = (pod: PlannedPod): Promise<ApiPod> => {
    const known = templates.get(pod.group) ?? create<ApiPod>(kube, podObject(pod));
    templates.set(pod.group, known);
    return known;
  };

  return {
    store: async (pods, statusOf) => {
      const stored: CrowdPod[] = [];
      await each(pods, { atOnce, signal }, async (pod) => {
        const template = await templateOf(pod);
        const isTemplate = template.metadata.name === pod.name;
        const uid = isTemplate ? template.metadata.uid : randomUUID();
        const object = {
          ...template,
          metadata: { ...template.metadata, name: pod.name, uid },
          spec: { ...(template['spec'] as object), nodeName: pod.node },
          status: { ...template.status, ...statusOf(pod) },
        };
        const replaces = isTemplate ? template.metadata.resourceVersion : undefined;
        if (!(await storePod(controlPlane.etcd, podWrite(object, replaces), signal)))
          throw new Error(`${pod.name} is there already, or was changed meanwhile`);
        stored.push({ ...pod, uid });
      });
      return stored;
    },
  };
}
