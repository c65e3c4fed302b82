import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lbcGroup } from '@targetgate/shared/names';
import { startTraffic, type FailedRequest } from '@targetgate/sandbox/traffic';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, service, type AppOptions } from './app.ts';
import { bindingOf } from './bindings.ts';
import { podsOf, untilOldPodsAreGone, untilServing } from './cluster.ts';
import { syncerPage } from './programs.ts';

/*
 * Every way in which a pod leaves, for every kind of application and load balancer: the namespace's labels are all that
 * its owner does about it, and no request may fail. All cells run side by side, since each of them mostly sleeps.
 */

const replicas = 3;

/** How long each kind of load balancer still sends to a target after DeregisterTargets, and what its binding says of it. */
const balancers = {
  alb: { protocol: 'HTTP', routingLagMs: [2_000, 5_000], margin: '5s', connections: 3 },
  // Its connections lead to one target for as long as the client keeps them: here each request has its own.
  nlb: { protocol: 'TCP', routingLagMs: [6_000, 10_000], margin: '10s', connections: 0 },
} as const;

const ends = {
  rollout: async ({ kube }: World, name: string) => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    const body = { spec: { template: { metadata: { annotations } } } };
    await kube.request({ method: 'PATCH', path: deploymentPath(name), patch: 'strategic', body });
  },
  'scale-in': async ({ kube }: World, name: string) => {
    await kube.request({
      method: 'PATCH',
      path: deploymentPath(name),
      patch: 'strategic',
      body: { spec: { replicas: 1 } },
    });
  },
  drain: async (world: World, name: string) => {
    const [node, selector] = ['node-1', `--pod-selector=app=${name}`];
    // Two of the three are on that node: it evicts both, and asks again where the guard says 429.
    await world.kubectl(['drain', node, selector, '--delete-emptydir-data', '--timeout=100s']);
  },
  delete: async (world: World, name: string) => {
    const [pod] = await podsOf(world, name);
    const path = `/api/v1/namespaces/${name}/pods/${pod?.metadata.name ?? ''}`;
    await world.kube.request({ method: 'DELETE', path });
  },
} as const;

const deploymentPath = (name: string): string => `/apis/apps/v1/namespaces/${name}/deployments/${name}`;

interface Cell {
  readonly name: string;
  readonly app: 'graceful' | 'abrupt';
  readonly balancer: keyof typeof balancers;
  readonly delaySeconds: number;
  readonly end: keyof typeof ends;
  /** Whether its namespace asks for terminations that outlast the drain. */
  readonly labelled: boolean;
}

const cells: readonly Cell[] = (['graceful', 'abrupt'] as const).flatMap((app) =>
  (['alb', 'nlb'] as const).flatMap((balancer) =>
    [0, 10, 30].flatMap((delaySeconds) =>
      (['rollout', 'scale-in', 'drain', 'delete'] as const).map((end) => {
        const name = [app, balancer, delaySeconds, end].join('-');
        return { name, app, balancer, delaySeconds, end, labelled: true };
      }),
    ),
  ),
);

/** The same pods where nobody asks for such an end: what the matrix is to prevent must happen. */
const unprotected: Cell = {
  name: 'unprotected',
  app: 'abrupt',
  balancer: 'alb',
  delaySeconds: 10,
  end: 'rollout',
  labelled: false,
};

let world: World;
const outcomes = new Map<string, Promise<Outcome>>();

interface Outcome {
  readonly requests: number;
  readonly failed: readonly FailedRequest[];
  /** Pods that were deleted. */
  readonly ended: number;
}

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  await Promise.all([...cells, unprotected].map(deploy));
  for (const cell of [...cells, unprotected]) outcomes.set(cell.name, endPods(cell));
  // Each cell's own test tells what became of it.
  await Promise.allSettled(outcomes.values());
}, 400_000);

afterAll(() => world.close());

const groups = new Map<string, { readonly arn: string; readonly url: string }>();

/** Deploys a cell's app, and waits until it serves. */
async function deploy({ name, app, balancer, delaySeconds, labelled }: Cell): Promise<void> {
  const { protocol, routingLagMs, margin } = balancers[balancer];
  const group = await world.makeTargetGroup({
    name,
    protocol,
    routingLagMs,
    deregistrationDelaySeconds: delaySeconds,
  });
  groups.set(name, group);
  const options: AppOptions = {
    name,
    targetGroupArn: group.arn,
    replicas,
    preStopSeconds: 0,
    env: { SHUTDOWN: app },
  };
  const labels = {
    [`${lbcGroup}/pod-readiness-gate-inject`]: 'enabled',
    [`${lbcGroup}/eviction-guard`]: 'enabled',
    ...(labelled && { [`${lbcGroup}/graceful-termination`]: 'enabled' }),
  };
  await world.apply([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
    service(options),
    binding(options, {}, { [`${lbcGroup}/routing-margin`]: margin }),
  ]);
  // What the webhook injects, it derives from this.
  await world.until(`binding ${name} knows its group's delay`, async () => {
    const { status } = await bindingOf(world, name);
    const known = status?.targetGroup?.deregistrationDelaySeconds;
    return known === delaySeconds ? { done: undefined } : { still: JSON.stringify(status) };
  });
  await world.apply([deployment(options)]);
  await untilServing(world, { name, arn: group.arn, replicas, timeoutMs: 120_000 });
}

/**
 * Lets pods of a cell leave under traffic: 5 requests a second. A tenth of them take 2 s, but where the delay is 0: that
 * tells the load balancer to break off what is in flight.
 */
async function endPods({ name, balancer, delaySeconds, end }: Cell): Promise<Outcome> {
  const { url = '' } = groups.get(name) ?? {};
  const before = new Set((await podsOf(world, name)).map(({ metadata }) => metadata.uid));
  const { connections } = balancers[balancer];
  const slowShare = delaySeconds > 0 ? 0.1 : 0;
  const failed: FailedRequest[] = [];
  const traffic = startTraffic({
    url,
    rate: 5,
    slowShare,
    connections,
    signal: world.broken,
    record(event) {
      if (event.kind === 'failed-request') failed.push(event);
    },
  });
  try {
    await ends[end](world, name);
    await untilSettled(name, before, end);
    const left = (await podsOf(world, name)).filter(({ metadata }) => before.has(metadata.uid));
    const { requests } = await traffic.stop();
    return { requests, failed, ended: before.size - left.length };
  } finally {
    await traffic.stop();
  }
}

/** Waits until all that should leave has left, and all that should serve serves. */
async function untilSettled(name: string, before: ReadonlySet<string>, end: Cell['end']): Promise<void> {
  const arn = groups.get(name)?.arn ?? '';
  await world.until(
    `pods of ${name} leave`,
    async () => {
      const pods = await podsOf(world, name);
      const stay = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      const old = stay.filter(({ metadata }) => before.has(metadata.uid)).length;
      const isDone = end === 'rollout' ? old === 0 : old < before.size;
      return isDone ? { done: undefined } : { still: `${old} old pods stay` };
    },
    { timeoutMs: 100_000 },
  );
  await untilServing(world, { name, arn, replicas: end === 'scale-in' ? 1 : replicas, timeoutMs: 100_000 });
  await untilOldPodsAreGone(world, name);
}

/**
 * With a delay of 0, the load balancer itself breaks off what is in flight when it stops sending: a request may be,
 * however quick, and nothing that the pod does can help it.
 */
const isBrokenOff = ({ failure }: FailedRequest): boolean => failure === 'drain-over';

describe('no request fails', () => {
  it.each(cells)('$name', async ({ name, delaySeconds, end }) => {
    const outcome = await outcomes.get(name);
    expect(outcome?.failed.filter((one) => delaySeconds > 0 || !isBrokenOff(one))).toEqual([]);
    expect(outcome?.requests).toBeGreaterThan(50);
    expect(outcome?.ended).toBeGreaterThanOrEqual(end === 'rollout' ? replicas : 1);
  });
});

it('requests fail where nobody asks for such an end', async () => {
  expect((await outcomes.get(unprotected.name))?.failed).not.toEqual([]);
});

it('the syncer counts no unsafe end but those', async () => {
  const samples =
    /^targetgate_syncer_terminations_total{namespace="(.*)",outcome="(.*)",cause="(.*)"} (.*)$/gm;
  const unsafe = [...(await syncerPage(world, '/metrics')).matchAll(samples)]
    .filter(([, , outcome, , count]) => outcome !== 'safe' && count !== '0')
    .map(([, namespace, outcome, cause, count]) => [namespace, outcome, cause, count].join(' '));
  expect(unsafe).toEqual([`${unprotected.name} unsafe sleep-too-short ${replicas}`]);
});
