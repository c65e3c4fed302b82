import type { World } from '@targetgate/sandbox/world';
import { each } from '../crowd/each.ts';
import { requestsAtOnce } from '../crowd/make-apps.ts';
import type { PlannedPod } from '../crowd/plan.ts';
import type { CrowdPod } from '../crowd/start-crowd.ts';
import { readyStatus } from '../crowd/statuses.ts';
import { createPodStore } from '../crowd/store-pods.ts';
import { untilAllOpen } from '../crowd/until-all-open.ts';

/** Pods that leave, and those that come in their place. */
export interface Replacement {
  readonly old: readonly CrowdPod[];
  readonly fresh: readonly PlannedPod[];
  /** When gates opened, by the pods' uids. */
  readonly openedAt: ReadonlyMap<string, number>;
}

/**
 * Replaces pods of all apps as rolling updates that go on together: the new ones come, their gates open, the old ones
 * are deleted, and are gone once ELB has been told. Gives how long the gates took after the last new pod's
 * ContainersReady, in milliseconds.
 */
export async function rollingUpdate(world: World, { old, fresh, openedAt }: Replacement): Promise<number> {
  const { kube, broken: signal } = world;
  const pods = await createPodStore(world).store(fresh, (pod) => readyStatus(pod, new Date()));
  const readyAt = Date.now();
  const openAt = await untilAllOpen(world, pods, openedAt);

  const remove = ({ namespace, name, uid }: CrowdPod, gracePeriodSeconds: number): Promise<unknown> =>
    kube.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${namespace}/pods/${name}`,
      body: { gracePeriodSeconds, preconditions: { uid } },
    });
  const many = { atOnce: requestsAtOnce, signal };
  const from = world.journal.length;
  await each(old, many, (pod) => remove(pod, 30));
  await untilDeregistered(world, old, from);
  await each(old, many, (pod) => remove(pod, 0));
  return openAt - readyAt;
}

/** Waits until each pod's target has been deregistered, as of an index of the journal. */
async function untilDeregistered(world: World, pods: readonly CrowdPod[], from: number): Promise<void> {
  await world.until(
    'the old pods are deregistered',
    () => {
      const left = new Set(pods.map(({ address }) => address));
      for (const event of world.journal.slice(from))
        if (event.kind === 'elb-call' && event.operation === 'DeregisterTargets' && event.result === 'ok')
          for (const target of event.targets) left.delete(target.slice(0, target.lastIndexOf(':')));
      return Promise.resolve(left.size === 0 ? { done: undefined } : { still: `${left.size} are not` });
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
}
