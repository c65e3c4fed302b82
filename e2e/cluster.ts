import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '@targetgate/sandbox/world';
import { gateOf } from './app.ts';

/** What the tests read of a pod. */
export interface ApiPod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly readinessGates?: readonly { readonly conditionType: string }[] };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
      readonly lastTransitionTime: string;
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

/** When a condition of a pod became what it is, in epoch milliseconds: a whole second. NaN where there is none. */
export const transitionOf = (pod: ApiPod | undefined, type: string): number =>
  Date.parse((pod && conditionOf(pod, type)?.lastTransitionTime) ?? '');

export const gatesOf = (pod: ApiPod): readonly string[] =>
  (pod.spec.readinessGates ?? []).map((gate) => gate.conditionType);

/** The target of each pod of an app, as ELB has it. */
export const podTargets = (pods: readonly ApiPod[]): readonly string[] =>
  pods.map(({ status }) => `${status.podIP ?? ''}:8080`).sort();

/** The targets of a group that are in a state (or in any), as `id:port`. */
export async function targetsOf(
  { elb }: Pick<World, 'elb'>,
  arn: string,
  state?: string,
): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return TargetHealthDescriptions.filter(
    ({ TargetHealth }) => state === undefined || TargetHealth?.State === state,
  )
    .map(({ Target }) => `${Target?.Id ?? ''}:${String(Target?.Port)}`)
    .sort();
}

/** Waits until the targets of a group that are in a state (or in any) are these. */
export const untilTargets = (
  world: Pick<World, 'until' | 'elb'>,
  arn: string,
  expected: readonly string[],
  state?: string,
): Promise<void> =>
  world.until(
    `the ${state ?? ''} targets are ${expected.join()}`,
    async () => {
      const targets = (await targetsOf(world, arn, state)).join();
      return targets === [...expected].sort().join() ? { done: undefined } : { still: targets };
    },
    { timeoutMs: 60_000 },
  );

/** Waits until an app has as many Ready pods as it should, whatever their targets are, and gives all its pods. */
export const untilReady = (world: World, name: string, replicas: number): Promise<readonly ApiPod[]> =>
  world.until(`${replicas} pods of ${name} are Ready`, async () => {
    const pods = await podsOf(world, name);
    const ready = pods.filter((pod) => conditionOf(pod, 'Ready')?.status === 'True');
    return ready.length === replicas ? { done: pods } : { still: `${ready.length} of ${pods.length}` };
  });

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
  await world.until(
    'the old pods are gone',
    async () => {
      const left = (await podsOf(world, namespace)).filter(
        (pod) => pod.metadata.deletionTimestamp !== undefined,
      );
      return left.length === 0 ? { done: undefined } : { still: `${left.length} terminate` };
    },
    // A pod may sleep for half a minute before it stops.
    { timeoutMs: 60_000 },
  );
}
