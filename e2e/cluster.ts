import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RunningTraffic, World, WorldEvent } from '@targetgate/sandbox/world';
import { gateOf } from './app.ts';

/** What the tests read of a pod. */
export interface ApiPod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly readinessGates?: readonly { readonly conditionType: string }[] };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** The pods of a namespace. */
export async function podsOf({ kube }: World, namespace: string): Promise<readonly ApiPod[]> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  return (await kube.request<{ items: ApiPod[] }>({ method: 'GET', path })).items;
}

export const conditionOf = (pod: ApiPod, type: string) =>
  pod.status.conditions?.find((condition) => condition.type === type);

export const gatesOf = (pod: ApiPod): readonly string[] =>
  (pod.spec.readinessGates ?? []).map((gate) => gate.conditionType);

/** The targets of a group that are in a state (or in any), as `ip:port`. */
export async function targetsOf({ elb }: World, arn: string, state?: string): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return TargetHealthDescriptions.filter(
    ({ TargetHealth }) => state === undefined || TargetHealth?.State === state,
  )
    .map(({ Target }) => `${Target?.Id ?? ''}:${String(Target?.Port)}`)
    .sort();
}

/** Waits until an app has as many Ready pods as it should, and all of their targets are healthy. */
export async function untilServing(
  world: World,
  app: {
    readonly name: string;
    readonly arn: string;
    readonly replicas: number;
    readonly timeoutMs?: number;
  },
): Promise<void> {
  const { name, arn, replicas, timeoutMs = 60_000 } = app;
  await world.until(
    `${replicas} pods of ${name} serve`,
    async () => {
      const ready = (await podsOf(world, name)).filter((pod) => conditionOf(pod, 'Ready')?.status === 'True');
      const healthy = await targetsOf(world, arn, 'healthy');
      if (ready.length === replicas && healthy.length === replicas) return { done: undefined };
      const gates = ready.map((pod) => conditionOf(pod, gateOf(name))?.reason).join();
      return { still: `${ready.length} Ready (gates: ${gates}), ${healthy.length} healthy` };
    },
    { timeoutMs },
  );
}

/** Restarts an app's Deployment and waits until the rollout is complete. */
export async function rollOut(world: World, name: string): Promise<void> {
  await world.kubectl(['rollout', 'restart', `deployment/${name}`, `--namespace=${name}`]);
  await world.kubectl(['rollout', 'status', `deployment/${name}`, `--namespace=${name}`, '--timeout=100s']);
}

/** Waits until no pod of a namespace terminates any more. */
export async function untilOldPodsAreGone(world: World, namespace: string): Promise<void> {
  await world.until('the old pods are gone', async () => {
    const left = (await podsOf(world, namespace)).filter(
      (pod) => pod.metadata.deletionTimestamp !== undefined,
    );
    return left.length === 0 ? { done: undefined } : { still: `${left.length} terminate` };
  });
}

/** Ends a traffic and gives the requests of it that failed, each with its time, status and target. */
export async function failedRequests(
  { journal }: World,
  name: string,
  traffic: RunningTraffic,
): Promise<readonly WorldEvent[]> {
  await traffic.stop();
  return journal.filter((event) => event.kind === 'failed-request' && event.traffic === name);
}
