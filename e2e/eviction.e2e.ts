import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { manifests, type AppOptions } from './app.ts';
import { podsOf, untilServing } from './cluster.ts';
import { scale } from './programs.ts';
import { failedRequests } from './traffic.ts';

const label = `${namesOf(lbcGroup).evictionLabel}=enabled`;

let world: World;

beforeAll(async () => {
  world = await startWorld({
    withTargetgate: true,
    nodes: 3,
    webhookArgs: ['--eviction-deadline=40s'],
    // Longer than a pod takes to leave: a node is empty before what replaces its pods is healthy.
    elb: { registrationMs: 9_000 },
  });
  // Each replica remembers by itself what it has refused and let through: one makes times and order exact.
  await scale(world, 'webhook', 1);
});

afterAll(() => world.close());

/** Deploys an app behind a target group of its own in a guarded namespace, and waits until it serves. */
async function deploy(
  options: Omit<AppOptions, 'targetGroupArn'> & { replicas: number; guarded?: boolean },
): Promise<MadeTargetGroup> {
  const { name, replicas, guarded = true } = options;
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 4 });
  await world.apply(manifests({ preStopSeconds: 6, ...options, targetGroupArn: group.arn }));
  if (guarded) await world.kubectl(['label', `namespace/${name}`, label]);
  await untilServing(world, { name, arn: group.arn, replicas });
  return group;
}

/** The one pod of an app that does not terminate. */
async function podOf(name: string): Promise<string> {
  const pods = await podsOf(world, name);
  const [pod, ...more] = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (pod === undefined || more.length > 0) throw new Error(`${name} has ${pods.length} pods, not one`);
  return pod.metadata.name;
}

/** What kubectl complains about when it evicts a pod, warnings included; undefined where it is content. */
function complaint(
  namespace: string,
  pod: string,
  { dryRun = false, flags = [] }: { dryRun?: boolean; flags?: readonly string[] } = {},
): Promise<string | undefined> {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: pod, namespace },
    ...(dryRun && { deleteOptions: { dryRun: ['All'] } }),
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  const args = ['create', '--raw', path, '-f', '-', '--warnings-as-errors', ...flags];
  return world.kubectl(args, JSON.stringify(eviction)).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

/** The least number of pods of a namespace that had an open gate and were not deleted, at any time since then. */
function fewestHealthy(namespace: string, since: number): number {
  const healthy = new Set<string>();
  let fewest = Infinity;
  for (const event of world.journal) {
    if ((event.kind !== 'gate' && event.kind !== 'deletion') || event.namespace !== namespace) continue;
    if (event.kind === 'gate' && event.status === 'True') healthy.add(event.uid);
    else healthy.delete(event.uid);
    if (event.at >= since) fewest = Math.min(fewest, healthy.size);
  }
  return fewest;
}

it('a drain of one node after the other fails no request, and leaves two of three targets healthy at all times', async () => {
  const group = await deploy({ name: 'drained', replicas: 3 });
  const traffic = await world.startTraffic({ name: 'drained', url: group.url });
  const since = Date.now();
  const before = (await podsOf(world, 'drained')).map(({ metadata }) => metadata.uid);
  for (const node of ['node-1', 'node-2', 'node-3']) {
    await world.kubectl(['drain', node, '--pod-selector=app=drained', '--timeout=60s']);
    await world.kubectl(['uncordon', node]);
  }
  await untilServing(world, { name: 'drained', arn: group.arn, replicas: 3 });
  expect(await failedRequests(world, 'drained', traffic)).toEqual([]);
  const after = (await podsOf(world, 'drained')).map(({ metadata }) => metadata.uid);
  expect(after.filter((uid) => before.includes(uid))).toEqual([]);
  expect(fewestHealthy('drained', since)).toBe(2);
});

describe('of two healthy targets', () => {
  let arn: string;
  let pods: string[];

  beforeAll(async () => {
    arn = (await deploy({ name: 'pair', replicas: 2 })).arn;
    pods = (await podsOf(world, 'pair')).map(({ metadata }) => metadata.name);
  });

  it('either may leave, and dry runs that say so leave no trace', async () => {
    for (const pod of pods) expect(await complaint('pair', pod, { dryRun: true })).toBeUndefined();
  });

  it('a PodDisruptionBudget has its own say', async () => {
    const spec = { maxUnavailable: 0, selector: { matchLabels: { app: 'pair' } } };
    const metadata = { name: 'pair', namespace: 'pair' };
    await world.apply([{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec }]);
    const said = await complaint('pair', String(pods[0]), { dryRun: true });
    expect(said).toContain('disruption budget');
    expect(said).not.toContain('targetgate');
    await world.kubectl(['delete', 'poddisruptionbudget/pair', '--namespace=pair']);
  });

  it('one stays when both are evicted at once', async () => {
    const complaints = await Promise.all(pods.map((pod) => complaint('pair', pod)));
    expect(complaints.filter((said) => said === undefined)).toHaveLength(1);
    expect(complaints.filter((said) => said?.includes('has just begun to leave'))).toHaveLength(1);
    await untilServing(world, { name: 'pair', arn, replicas: 2 });
  });
});

describe('the last healthy target', () => {
  const refusal = 'admission webhook "evictions.targetgate.dev" denied the request: targetgate: without pod';

  beforeAll(() => deploy({ name: 'single', replicas: 1 }));

  it('stays: an eviction is answered 429, with Retry-After and a message that says what to do', async () => {
    const pod = await podOf('single');
    const said = await complaint('single', pod, { flags: ['-v=8'] });
    expect(said).toContain('"Response" status="429 Too Many Requests"');
    expect(said).toMatch(/^\s*Retry-After: 2$/m);
    expect(said).toContain(
      `(TooManyRequests): ${refusal} ${pod} no healthy target of TargetGroupBinding single is left; scale up`,
    );
    expect(await podOf('single')).toBe(pod);
  });

  it('is what kubectl drain prints, and tries again', async () => {
    const pod = await podOf('single');
    const args = ['get', `pod/${pod}`, '--namespace=single', '-o', 'jsonpath={.spec.nodeName}'];
    const node = await world.kubectl(args);
    const drain = world.kubectl(['drain', node, '--pod-selector=app=single', '--timeout=1s']);
    await expect(drain).rejects.toThrow(
      `error when evicting pods/"${pod}" -n "single" (will retry after 5s): ${refusal}`,
    );
    await world.kubectl(['uncordon', node]);
  });

  it('is let go at the deadline, with a warning', async () => {
    const pod = await podOf('single');
    const said = await world.until(
      'it is let go',
      async () => {
        const now = await complaint('single', pod);
        return now?.includes('denied the request') ? { still: now } : { done: now };
      },
      { timeoutMs: 60_000, everyMs: 1_000 },
    );
    expect(said).toMatch(
      /Warning: targetgate: pod .* is let go after refusals since .*: no healthy target of TargetGroupBinding single is left/,
    );
  });

  it('is deleted by whoever deletes it plainly', async () => {
    const pod = await world.until('another serves', async () => {
      const name = await podOf('single');
      const said = await complaint('single', name, { dryRun: true });
      return said?.includes(refusal) ? { done: name } : { still: String(said) };
    });
    await world.kubectl(['delete', `pod/${pod}`, '--namespace=single', '--wait=false']);
    const staying = (await podsOf(world, 'single')).filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(staying.map(({ metadata }) => metadata.name)).not.toContain(pod);
  });
});

describe('of two targets on one node, while the webhook has two replicas that do not know of each other,', () => {
  let group: MadeTargetGroup;
  let pods: string[];

  beforeAll(async () => {
    await scale(world, 'webhook', 2);
    await world.kubectl(['cordon', 'node-2', 'node-3']);
    group = await deploy({ name: 'neighbours', replicas: 2 });
    await world.kubectl(['uncordon', 'node-2', 'node-3']);
    pods = (await podsOf(world, 'neighbours')).map(({ metadata }) => metadata.name).sort();
  });

  it('the first by name is to leave a node that is cordoned, whichever replica is asked', async () => {
    await world.kubectl(['cordon', 'node-1']);
    const [first = '', second = ''] = pods;
    for (let n = 0; n < 4; n++) {
      expect(await complaint('neighbours', first, { dryRun: true })).toBeUndefined();
      expect(await complaint('neighbours', second, { dryRun: true })).toContain(
        `before ${second}: ${first} (on node-1)`,
      );
    }
  });

  it('one stays until the other is replaced, and no request fails', async () => {
    const traffic = await world.startTraffic({ name: 'neighbours', url: group.url });
    const since = Date.now();
    await world.kubectl(['drain', 'node-1', '--pod-selector=app=neighbours', '--timeout=60s']);
    await world.kubectl(['uncordon', 'node-1']);
    await untilServing(world, { name: 'neighbours', arn: group.arn, replicas: 2 });
    expect(await failedRequests(world, 'neighbours', traffic)).toEqual([]);
    expect(fewestHealthy('neighbours', since)).toBe(1);
  });
});
