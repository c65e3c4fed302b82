import type { World } from '@targetgate/sandbox/world';
import { podWrite, storePod, type ApiPod, type PodWrite } from '../etcd/store-pod.ts';
import { each } from './each.ts';
import type { PlannedPod } from './plan.ts';
import { readyStatus } from './statuses.ts';

/** Writes to etcd at a time. */
const atOnce = 16;
/** Reading and writing a pod takes milliseconds; nobody changes one so often. */
const attempts = 5;

/**
 * Reports all pods' containers ready, in the order given; what others have written of them is left as it is. Gives
 * when each was stored (epoch ms), by its uid.
 */
export async function reportReady(world: World, pods: readonly PlannedPod[]): Promise<Map<string, number>> {
  const { controlPlane, kube, broken: signal } = world;
  const readyAt = new Map<string, number>();
  const known = await readPods(world, [...new Set(pods.map(({ namespace }) => namespace))]);
  // All are prepared before the first is sent, so that they become ready as nearly at once as they can.
  const reports = pods.map((planned) => reportOf(planned, known.get(pathOf(planned))));

  async function send({ planned, uid, write }: Report): Promise<void> {
    let next = write;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (await storePod(controlPlane.etcd, next, signal)) {
        readyAt.set(uid, Date.now());
        return;
      }
      next = reportOf(planned, await kube.request<ApiPod>({ method: 'GET', path: pathOf(planned) })).write;
    }
    throw new Error(`${planned.name} changes faster than it can be reported ready`);
  }

  await each(reports, { atOnce, signal }, send);
  return readyAt;
}

interface Report {
  readonly planned: PlannedPod;
  readonly uid: string;
  readonly write: PodWrite;
}

function reportOf(planned: PlannedPod, pod: ApiPod | undefined): Report {
  if (!pod) throw new Error(`the pod ${planned.name} is gone`);
  const status = { ...pod.status, ...readyStatus(planned, new Date()) };
  const { uid, resourceVersion } = pod.metadata;
  return { planned, uid, write: podWrite({ ...pod, status }, resourceVersion) };
}

async function readPods({ kube }: World, namespaces: readonly string[]): Promise<Map<string, ApiPod>> {
  const pods = new Map<string, ApiPod>();
  for (const namespace of namespaces) {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const { items } = await kube.request<{ items: ApiPod[] }>({ method: 'GET', path });
    for (const pod of items) pods.set(pathOf(pod.metadata), pod);
  }
  return pods;
}

const pathOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `/api/v1/namespaces/${namespace}/pods/${name}`;
