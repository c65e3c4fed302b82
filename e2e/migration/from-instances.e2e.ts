import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, namespace, service } from '../app.ts';
import {
  gatesOf,
  podsOf,
  podTargets,
  rollOut,
  targetsOf,
  untilOldPodsAreGone,
  untilReady,
  untilTargets,
} from '../cluster.ts';
import { elbCalls } from '../elb-calls.ts';
import { failedRequests, untilTrafficRanFor } from '../traffic.ts';
import { listenerOf, shareRequests } from './listener.ts';

/** Longer than the 2 s for which requests still reach a target that was deregistered. */
const deregistrationDelaySeconds = 4;

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

const deregistered = ({ name }: MadeTargetGroup): readonly string[] =>
  elbCalls(world, { operation: 'DeregisterTargets', targetGroup: name }).flatMap(({ targets }) => targets);

it('From node ports to pods: no request fails on the way there, back, and there again', async () => {
  const nodes = await world.makeTargetGroup({
    name: 'nodes',
    targetType: 'instance',
    deregistrationDelaySeconds,
  });
  const app = { name: 'shop', targetGroupArn: nodes.arn, labelled: false, preStopSeconds: 6 };
  await world.apply([
    namespace(app),
    service(app, { type: 'NodePort' }),
    binding(app, { targetType: 'instance' }),
    deployment(app),
  ]);
  await untilReady(world, 'shop', 2);
  await untilTwoAreHealthy(nodes);
  const traffic = await world.startTraffic({ name: 'shop', url: nodes.url, rate: 50 });

  // 1. A group of type ip, behind the same listener with weight 0.
  const pods = await world.makeTargetGroup({ name: 'pods', deregistrationDelaySeconds, attached: false });
  const listener = await listenerOf(world, nodes);
  const share = (ofNodes: number, ofPods: number): Promise<void> =>
    shareRequests(world, listener, [
      [nodes, ofNodes],
      [pods, ofPods],
    ]);
  await share(100, 0);

  // 2. A second binding of the same service, and the label for the gates of pods to come.
  await world.kubectl(['label', 'namespace/shop', 'elbv2.k8s.aws/pod-readiness-gate-inject=enabled']);
  const second = binding({ ...app, targetGroupArn: pods.arn });
  await world.apply([{ ...second, metadata: { ...second.metadata, name: 'shop-pods' } }]);
  const serving = podTargets(await podsOf(world, 'shop'));
  await untilTargets(world, pods.arn, serving, 'healthy');

  // 3. The traffic, bit by bit, back and there again.
  for (const [ofNodes, ofPods] of [
    [50, 50],
    [0, 100],
    [100, 0],
    [0, 100],
  ] as const) {
    await share(ofNodes, ofPods);
    await untilTrafficRanFor(world, 'shop', trafficSeconds() + 1);
  }
  expect(await answeredBy(nodes.url)).toEqual(serving);

  // 4. Without the nodes: nothing is sent to them any more.
  expect([...deregistered(nodes), ...deregistered(pods)]).toEqual([]);
  await world.kubectl(['delete', 'targetgroupbinding/shop', '--namespace=shop', '--timeout=30s']);
  await untilTargets(world, nodes.arn, []);
  await shareRequests(world, listener, [[pods, 1]]);

  // 5. New pods, with gates.
  await rollOut(world, 'shop');
  await untilOldPodsAreGone(world, 'shop');
  expect(await failedRequests(world, 'shop', traffic)).toEqual([]);
  const gated = await podsOf(world, 'shop');
  expect(gated.map(gatesOf)).toEqual([[gateOf('shop-pods')], [gateOf('shop-pods')]]);
  await untilTargets(world, pods.arn, podTargets(gated));
});

/** For how long the traffic has run, in seconds. */
const trafficSeconds = (): number =>
  world.journal.reduce((sum, event) => sum + (event.kind === 'traffic' ? event.ms : 0), 0) / 1000;

const untilTwoAreHealthy = ({ arn }: MadeTargetGroup): Promise<void> =>
  world.until('both nodes are healthy targets', async () => {
    const healthy = await targetsOf(world, arn, 'healthy');
    return healthy.length === 2 ? { done: undefined } : { still: healthy.join() };
  });

/** The targets that answer a few requests, one after the other. */
async function answeredBy(url: string): Promise<readonly (string | null)[]> {
  const targets = new Set<string | null>();
  for (let index = 0; index < 8; index += 1) {
    targets.add((await fetch(url)).headers.get('x-sandbox-target'));
  }
  return [...targets].sort();
}
