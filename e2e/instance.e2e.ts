import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, namespace, service } from './app.ts';
import { bindingOf } from './bindings.ts';
import { conditionOf, gatesOf, podsOf, untilReady, untilTargets } from './cluster.ts';
import { scale } from './programs.ts';
import { failedRequests } from './traffic.ts';

interface ApiNode {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly providerID: string };
}

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, nodes: 3 });
});

afterAll(() => world.close());

describe('a binding of instances', () => {
  const nodePort = 30_080;
  let group: MadeTargetGroup;
  /** The nodes, and the target of each. */
  let first: string;
  let second: string;
  let third: string;
  let targets: Readonly<Record<string, string>>;

  beforeAll(async () => {
    group = await world.makeTargetGroup({
      name: 'nodes',
      targetType: 'instance',
      deregistrationDelaySeconds: 3,
    });
    const { items } = await world.kube.request<{ items: ApiNode[] }>({
      method: 'GET',
      path: '/api/v1/nodes',
    });
    targets = Object.fromEntries(
      items.map(({ metadata, spec }) => [
        metadata.name,
        `${spec.providerID.split('/').at(-1) ?? ''}:${nodePort}`,
      ]),
    );
    [first = '', second = '', third = ''] = Object.keys(targets);
    const app = { name: 'nodes', targetGroupArn: group.arn };
    const ports = [{ port: 80, targetPort: 'http', nodePort }];
    await world.apply([
      namespace(app),
      service(app, { type: 'NodePort', ports }),
      binding(app, { targetType: 'instance' }),
      deployment(app),
    ]);
    await untilReady(world, 'nodes', 2);
  });

  /** Waits until all nodes are healthy targets, or all but one, and that one has left. */
  async function untilServing(without?: string): Promise<void> {
    const serving = Object.keys(targets).filter((node) => node !== without);
    const expected = serving.map((node) => targets[node] ?? '');
    await untilTargets(world, group.arn, expected);
    await untilTargets(world, group.arn, expected, 'healthy');
  }

  it('registers each node with the port of the service, and gives pods no gates', async () => {
    await untilServing();
    expect((await fetch(group.url)).status).toBe(200);
    for (const pod of await podsOf(world, 'nodes')) expect(gatesOf(pod)).toEqual([]);
  });

  it('LBC#2702: a node that is about to end leaves, and returns when it stays after all', async () => {
    const traffic = await world.startTraffic({ name: 'ending', url: group.url });
    for (const [node, taint] of [
      [first, 'karpenter.sh/disrupted'],
      [second, 'ToBeDeletedByClusterAutoscaler'],
    ] as const) {
      await world.kubectl(['taint', 'node', node, `${taint}=:NoSchedule`]);
      await untilServing(node);
      await world.kubectl(['taint', 'node', node, `${taint}-`]);
      await untilServing();
    }
    expect(await failedRequests(world, 'ending', traffic)).toEqual([]);
  });

  it('field report 14: a node whose kubelet is silent leaves, and returns with it', async () => {
    const traffic = await world.startTraffic({ name: 'silent', url: group.url });
    await world.setKubelet(first, 'dead');
    await untilServing(first);
    await world.setKubelet(first, 'alive');
    await untilServing();
    expect(await failedRequests(world, 'silent', traffic)).toEqual([]);
  });

  it('a node that was deleted while no syncer worked leaves', async () => {
    await scale(world, 'syncer', 0);
    await world.kubectl(['delete', 'node', third]);
    await scale(world, 'syncer', 2);
    await untilServing(third);
  });
});

it('gates that were injected before the target type was known open, and later pods get none', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'untyped', targetType: 'instance' });
  const app = { name: 'untyped', targetGroupArn: arn };
  await world.setFaults({ errors: [{ operation: 'DescribeTargetGroups', code: 'ServiceUnavailable' }] });
  await world.apply([
    namespace(app),
    service(app, { type: 'NodePort' }),
    binding(app, { targetType: undefined }),
    deployment(app),
  ]);
  await world.until('the pods wait at their gates', async () => {
    const pods = await podsOf(world, 'untyped');
    const waiting = pods.filter((pod) => conditionOf(pod, gateOf('untyped'))?.status === 'False');
    return waiting.length === 2 ? { done: undefined } : { still: `${waiting.length} of ${pods.length}` };
  });
  await world.setFaults({});
  for (const pod of await untilReady(world, 'untyped', 2)) {
    expect(conditionOf(pod, gateOf('untyped'))).toMatchObject({ status: 'True', reason: 'NotNeeded' });
  }
  await world.until('the binding says what its targets are', async () => {
    const type = (await bindingOf(world, 'untyped')).status?.targetGroup?.targetType;
    return type === 'instance' ? { done: undefined } : { still: String(type) };
  });
  await world.kubectl(['scale', 'deployment/untyped', '--namespace=untyped', '--replicas=3']);
  const gates = (await untilReady(world, 'untyped', 3)).map(gatesOf);
  expect(gates.sort((a, b) => a.length - b.length)).toEqual([[], [gateOf('untyped')], [gateOf('untyped')]]);
});
