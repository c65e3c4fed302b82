import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '@targetgate/sandbox/world';
import type { ElbCall } from '../elb-calls.ts';

interface LeaseList {
  readonly items: readonly { readonly spec?: { readonly holderIdentity?: string } }[];
}

/** Kills the syncer that works, as the kernel does when memory is out; gives when, in epoch milliseconds. */
async function killLeader(world: World): Promise<number> {
  const { items } = await world.kube.request<LeaseList>({
    method: 'GET',
    path: '/apis/coordination.k8s.io/v1/namespaces/targetgate-system/leases',
  });
  const holders = items.map(({ spec }) => spec?.holderIdentity ?? '');
  const running = world.programs('syncer');
  // The holder's name begins with that of its pod. A syncer that is alone may have no lease.
  const leader = running.find(({ pod }) => holders.some((holder) => holder.startsWith(pod)));
  const victim = leader ?? (running.length === 1 ? running[0] : undefined);
  if (!victim) throw new Error(`none of the ${running.length} syncers holds a lease`);
  process.kill(victim.pid, 'SIGKILL');
  return Date.now();
}

/** How far the rollout is when the syncer is killed: new pods are registered, and their targets are being checked. */
const killAfterMs = 2_500;

/** Lets the rollout begin, then kills the syncer that works. */
export async function killMeanwhile(world: World): Promise<number> {
  await sleep(killAfterMs, undefined, { signal: world.broken });
  return killLeader(world);
}

/** From the kill to the first call that arrived after it, in milliseconds; Infinity where none did. */
export function firstCallAfter(killedAt: number, calls: readonly ElbCall[]): number {
  const first = calls.find(({ at }) => at > killedAt);
  return first === undefined ? Infinity : first.at - killedAt;
}
