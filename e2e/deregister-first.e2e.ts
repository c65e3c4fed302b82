import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { manifests } from './app.ts';
import { conditionOf, podsOf, untilReady, type ApiPod } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';

// LBC#1871, #3167, #2809; argo-rollouts#3333

const apps = Array.from({ length: 10 }, (_, n) => `app-${n}`);

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  for (const name of apps) {
    const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 1 });
    await world.apply(manifests({ name, targetGroupArn: group.arn, replicas: 3, preStopSeconds: 3 }));
  }
  for (const name of apps) await untilReady(world, name, 3);
}, 180_000);

afterAll(() => world.close());

/** A pod whose deletion was asked for. */
interface Deleted {
  readonly uid: string;
  readonly target: string;
}

/** Deletes a pod that serves. */
async function deletePod(name: string): Promise<Deleted> {
  const isServing = (pod: ApiPod): boolean =>
    pod.metadata.deletionTimestamp === undefined && conditionOf(pod, 'Ready')?.status === 'True';
  const pod = (await podsOf(world, name)).find(isServing);
  if (pod === undefined) throw new Error(`no pod of ${name} serves`);
  const { metadata, status } = pod;
  await world.kube.request({
    method: 'DELETE',
    path: `/api/v1/namespaces/${name}/pods/${metadata.name}`,
  });
  return { uid: metadata.uid, target: `${status.podIP ?? ''}:8080` };
}

/** When the first watch showed a pod's deletion (epoch ms). */
function deletedAt({ uid }: Deleted): number {
  const seen = world.journal.filter(
    (event) =>
      (event.kind === 'deletion' || (event.kind === 'pod' && event.phase === 'deleted')) && event.uid === uid,
  );
  return Math.min(...seen.map(({ at }) => at));
}

/** The call that deregisters a pod's target. */
const callFor = ({ target }: Deleted) =>
  elbCalls(world, { operation: 'DeregisterTargets' }).find(
    ({ targets, result }) => result === 'ok' && targets.includes(target),
  );

/** From the deletion being seen to the call that deregisters it, in milliseconds. */
const latencyOf = (one: Deleted): number => (callFor(one)?.at ?? Infinity) - deletedAt(one);

/** How many registrations ELB took meanwhile. */
const overtakenBy = (one: Deleted): number =>
  elbCalls(world, { operation: 'RegisterTargets' }).filter(
    ({ at, result }) => result === 'ok' && at > deletedAt(one) && at < (callFor(one)?.at ?? Infinity),
  ).length;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Scales all apps, so that there is much to register and to look at, and deletes a pod every second. */
async function deleteWhileScaling(replicas: number): Promise<readonly Deleted[]> {
  for (const name of apps) {
    await world.kubectl(['scale', `deployment/${name}`, `--namespace=${name}`, `--replicas=${replicas}`]);
  }
  const deleted: Deleted[] = [];
  for (const name of [...apps, ...apps]) {
    deleted.push(await deletePod(name));
    await pause(1_000);
  }
  await world.until('all of them are deregistered', () => {
    const missing = deleted.filter((one) => callFor(one) === undefined);
    return Promise.resolve(
      missing.length === 0 ? { done: undefined } : { still: missing.map(({ target }) => target).join() },
    );
  });
  const latencies = deleted.map(latencyOf).sort((one, other) => one - other);
  console.log(`deletion -> DeregisterTargets, in ms: ${latencies.map(Math.round).join(' ')}`);
  return deleted;
}

it('a deletion is followed by DeregisterTargets at once, whatever else there is to do', async () => {
  const deleted = await deleteWhileScaling(5);
  for (const one of deleted) expect(latencyOf(one)).toBeLessThan(5_000);
});

it('while ELB throttles, the deregistrations are the calls that it takes, and throttled calls stop', async () => {
  // Scaling ten apps takes more than that at once, so some calls are throttled for certain.
  const mutating = { capacity: 5, refillPerSecond: 2 };
  const nonMutating = { capacity: 10, refillPerSecond: 3 };
  await world.setFaults({ throttling: { mutating, nonMutating } });
  const since = Date.now();
  const deleted = await deleteWhileScaling(7);
  const calls = elbCalls(world, {}).filter(({ at }) => at >= since);
  const throttled = calls.filter(({ result }) => result === 'Throttling');
  console.log(
    `throttled: ${throttled.length} of ${calls.length} calls: ` +
      throttled.map(({ at, operation }) => `${operation} ${((at - since) / 1000).toFixed(1)} s`).join(', '),
  );
  for (const one of deleted) {
    // One may have been on its way.
    expect(overtakenBy(one)).toBeLessThanOrEqual(1);
    expect(latencyOf(one)).toBeLessThan(5_000);
  }
  // The budget finds the limit of each kind of call in a few seconds, and tries it again from time to time.
  const changes = throttled.filter(({ operation }) => operation.endsWith('egisterTargets'));
  expect(changes.length).toBeGreaterThan(0);
  for (const alike of [changes, throttled.filter((call) => !changes.includes(call))]) {
    const late = alike.filter(({ at }) => at >= (alike[0]?.at ?? 0) + 3_000);
    expect(late.length).toBeLessThanOrEqual(5);
  }
  for (const name of apps) await untilReady(world, name, 7);
});
