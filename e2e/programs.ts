import type { World } from '@targetgate/sandbox/world';
import { isNotFound } from '@targetgate/shared/kube';
import { podsOf, type ApiPod } from './cluster.ts';

/** targetgate's own namespace. */
const home = 'targetgate-system';

/** The pod of the syncer that leads, or of any where none does: in shadow mode, they all work. */
async function leadingPod(world: World): Promise<ApiPod | undefined> {
  const leader = (await leaseOf(world)).spec.holderIdentity?.split('_')[0];
  const pods = (await podsOf(world, home)).filter(({ metadata }) =>
    metadata.name.startsWith('targetgate-syncer'),
  );
  return pods.find(({ metadata }) => metadata.name === leader) ?? pods[0];
}

/** A Lease of the syncer; one that does not exist is held by nobody. */
export const leaseOf = ({ kube }: World, shard = 0): Promise<ApiLease> =>
  kube
    .request<ApiLease>({
      method: 'GET',
      path: `/apis/coordination.k8s.io/v1/namespaces/${home}/leases/targetgate-syncer-${shard}`,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) return { spec: {} };
      throw error;
    });

/** What the tests read of a Lease. */
export interface ApiLease {
  readonly spec: { readonly holderIdentity?: string; readonly renewTime?: string };
}

/** A page of the syncer that leads, as text. Throws where it does not answer 200. */
export async function syncerPage(world: World, path: string): Promise<string> {
  const pod = await leadingPod(world);
  const answer = await fetch(`http://${pod?.status.podIP ?? ''}:8080${path}`);
  if (answer.status !== 200) throw new Error(`${path} of the syncer answers ${answer.status}`);
  return answer.text();
}

/** The value of one of the syncer's samples, by name and labels as /metrics prints them; undefined where it has none. */
export async function syncerMetric(world: World, sample: string): Promise<number | undefined> {
  const text = await syncerPage(world, '/metrics');
  const line = text.split('\n').find((candidate) => candidate.startsWith(`targetgate_syncer_${sample} `));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

/** Waits until one of the syncer's samples has a value. */
export const untilSyncerMetric = (world: World, sample: string, value: number): Promise<void> =>
  world.until(`the syncer counts ${value} of ${sample}`, async () => {
    const now = await syncerMetric(world, sample);
    return now === value ? { done: undefined } : { still: String(now) };
  });

/** Scales a program, and waits until its processes are gone, or it works. */
export async function scale(world: World, program: 'syncer' | 'webhook', replicas: number): Promise<void> {
  const name = `deployment/targetgate-${program}`;
  await world.kubectl(['scale', name, `--namespace=${home}`, `--replicas=${replicas}`]);
  if (replicas > 0) {
    await world.kubectl(['rollout', 'status', name, `--namespace=${home}`, '--timeout=60s']);
    return;
  }
  // A program may take 30 s to stop.
  await world.until(
    `no ${program} runs`,
    () => {
      const { length } = world.programs(program);
      return Promise.resolve(length === 0 ? { done: undefined } : { still: `${length} run` });
    },
    { timeoutMs: 60_000 },
  );
}
