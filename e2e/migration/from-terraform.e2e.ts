import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { binding, deployment, manifests, namespace, service } from '../app.ts';
import { annotateBinding, bindingOf, untilBindingSays } from '../bindings.ts';
import { podsOf, podTargets, rollOut, untilOldPodsAreGone, untilReady, untilTargets } from '../cluster.ts';
import { failedRequests, untilTrafficRanFor } from '../traffic.ts';
import { gatesNotOpenSince, targetChangesSince } from './history.ts';

/** Longer than the 2 s for which requests still reach a target that was deregistered. */
const deregistrationDelaySeconds = 4;

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, syncerArgs: ['--sync-period=2s'] });
});

afterAll(() => world.close());

/** Registers targets as `aws_lb_target_group_attachment` does, and waits until they are healthy. */
async function attach({ arn }: MadeTargetGroup, targets: readonly string[]): Promise<void> {
  const Targets = targets.map((target) => {
    const [Id, port] = target.split(':');
    return { Id, Port: Number(port) };
  });
  await world.elb.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
  await untilTargets(world, arn, targets, 'healthy');
}

describe('From Terraform’s attachments', () => {
  it('machines serve beside the pods until the binding says that they may leave, and no request fails', async () => {
    const group = await world.makeTargetGroup({ name: 'shop', deregistrationDelaySeconds });
    // Of no service: for targetgate they are addresses that somebody has registered.
    const machines = { name: 'machines', targetGroupArn: group.arn, labelled: false };
    await world.apply([namespace(machines), deployment(machines)]);
    const attached = podTargets(await untilReady(world, 'machines', 2));
    await attach(group, attached);
    const traffic = await world.startTraffic({ name: 'shop', url: group.url, rate: 50 });

    const since = Date.now();
    const app = { name: 'shop', targetGroupArn: group.arn, preStopSeconds: 6 };
    await world.apply(manifests(app));
    const pods = podTargets(await untilReady(world, 'shop', 2));
    await untilTargets(world, group.arn, [...attached, ...pods], 'healthy');
    await untilForeign(2);
    expect(ofTargets(attached, targetChangesSince(world, since))).toEqual([]);

    // And back: the machines serve on alone.
    await world.kubectl(['delete', 'targetgroupbinding/shop', '--namespace=shop', '--timeout=30s']);
    await untilTargets(world, group.arn, attached);
    expect(ofTargets(attached, targetChangesSince(world, since))).toEqual([]);

    await world.apply([binding(app)]);
    await untilTargets(world, group.arn, [...attached, ...pods], 'healthy');
    await annotateBinding(world, 'shop', 'foreign-targets=remove');
    await untilTargets(world, group.arn, pods);
    await annotateBinding(world, 'shop', 'foreign-targets-');
    await rollOut(world, 'shop');
    await untilOldPodsAreGone(world, 'shop');
    await untilTargets(world, group.arn, podTargets(await podsOf(world, 'shop')));
    expect(await failedRequests(world, 'shop', traffic)).toEqual([]);
  });

  it('nodes that are attached at the service’s node port become the binding’s as they are', async () => {
    const group = await world.makeTargetGroup({
      name: 'nodes',
      targetType: 'instance',
      deregistrationDelaySeconds,
    });
    const app = { name: 'nodes', targetGroupArn: group.arn, labelled: false };
    await world.apply([namespace(app), service(app, { type: 'NodePort' }), deployment(app)]);
    await untilReady(world, 'nodes', 2);
    const attached = await nodeTargets('nodes');
    await attach(group, attached);
    const traffic = await world.startTraffic({ name: 'nodes', url: group.url, rate: 50 });

    const since = Date.now();
    await world.apply([binding(app, { targetType: 'instance' })]);
    await untilBindingSays(world, 'nodes', { type: 'Ready', reason: 'InStep' });
    expect((await bindingOf(world, 'nodes')).status?.targets).toMatchObject({ desired: 2, foreign: 0 });
    expect(targetChangesSince(world, since)).toEqual([]);
    expect(gatesNotOpenSince(world, since)).toEqual([]);
    await untilTrafficRanFor(world, 'nodes', 5);
    expect(await failedRequests(world, 'nodes', traffic)).toEqual([]);
  });
});

/** What of a history is about some of the targets. */
const ofTargets = (targets: readonly string[], history: readonly string[]): readonly string[] =>
  history.filter((line) => targets.some((target) => line.includes(target)));

const untilForeign = (count: number): Promise<void> =>
  world.until(`the binding counts ${count} foreign targets`, async () => {
    const { targets } = (await bindingOf(world, 'shop')).status ?? {};
    return targets?.foreign === count ? { done: undefined } : { still: JSON.stringify(targets) };
  });

/** The targets that the nodes are for a service with a node port. */
async function nodeTargets(name: string): Promise<readonly string[]> {
  const nodePort = await world.kubectl([
    ...['get', `service/${name}`, `--namespace=${name}`],
    ...['-o', 'jsonpath={.spec.ports[0].nodePort}'],
  ]);
  const ids = await world.kubectl(['get', 'nodes', '-o', 'jsonpath={.items[*].spec.providerID}']);
  return ids.split(' ').map((id) => `${id.split('/').at(-1) ?? ''}:${nodePort}`);
}
