import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { binding, deployment, manifests, namespace, pod, service, type AppOptions } from './app.ts';
import { annotateBinding, untilBindingSays } from './bindings.ts';
import { podsOf, podTargets, targetsOf, untilReady, untilServing, untilTargets } from './cluster.ts';
import { elbCalls, healthyAt } from './elb-calls.ts';
import { untilSyncerMetric } from './programs.ts';
import { failedRequests, untilTrafficRanFor } from './traffic.ts';

const replaceWithinMs = 5_000;

let world: World;

beforeAll(async () => {
  const syncerArgs = ['--sync-period=2s', `--replace-within=${replaceWithinMs / 1000}s`];
  world = await startWorld({ withTargetgate: true, syncerArgs });
});

afterAll(() => world.close());

/** Longer than the 2 s for which requests still reach a target that was deregistered: they end in peace. */
const makeGroup = (name: string): Promise<MadeTargetGroup> =>
  world.makeTargetGroup({ name, deregistrationDelaySeconds: 4 });

/** Deploys two pods of a blue version that serve. */
async function deployBlue(name: string): Promise<{ group: MadeTargetGroup; green: AppOptions }> {
  const group = await makeGroup(name);
  const blue = { name, targetGroupArn: group.arn, version: 'blue' };
  await world.apply(manifests(blue));
  await untilServing(world, { name, arn: group.arn, replicas: 2 });
  return { group, green: { ...blue, version: 'green' } };
}

async function targetsOfVersion(name: string, version: string): Promise<readonly string[]> {
  const pods = await podsOf(world, name);
  return podTargets(pods.filter(({ metadata }) => metadata.labels?.version === version));
}

describe('a service that selects other pods', () => {
  it('LBC#2061: a blue/green swap fails no request', async () => {
    const { group, green } = await deployBlue('swap');
    await world.apply([deployment(green)]);
    await untilReady(world, 'swap', 4);
    const greenTargets = await targetsOfVersion('swap', 'green');

    const traffic = await world.startTraffic({ name: 'swap', url: group.url });
    await world.apply([service(green)]);
    await untilTargets(world, group.arn, greenTargets);
    expect(await failedRequests(world, 'swap', traffic)).toEqual([]);

    const [deregistered] = elbCalls(world, { operation: 'DeregisterTargets', targetGroup: 'swap' });
    expect(deregistered?.at).toBeGreaterThan(Math.max(...healthyAt(world, 'swap', greenTargets)));
  });

  it('waits for a replacement that never gets ready only as long as --replace-within says', async () => {
    const { group, green } = await deployBlue('sick');
    await world.apply([deployment({ ...green, replicas: 1 })]);
    await untilReady(world, 'sick', 3);
    const [good = ''] = await targetsOfVersion('sick', 'green');
    await world.apply([pod({ ...green, env: { UNHEALTHY: '1' } }, 'sick-pod'), service(green)]);

    const held = await untilBindingSays(world, 'sick', { type: 'Degraded', reason: 'RemovalsHeld' });
    expect(held.message).toContain('2 targets are kept');
    await untilTargets(world, group.arn, [good]);
    // The replacement that does get ready was registered right after the swap.
    const [registered] = elbCalls(world, { operation: 'RegisterTargets', targetGroup: 'sick' }).slice(-1);
    const [deregistered] = elbCalls(world, { operation: 'DeregisterTargets', targetGroup: 'sick' });
    expect((deregistered?.at ?? 0) - (registered?.at ?? 0)).toBeGreaterThan(replaceWithinMs - 1_000);
  });
});

it('LBC#3711: a service that is deleted while its pods run costs no target, until a person says so', async () => {
  const group = await makeGroup('lost');
  await world.apply(manifests({ name: 'lost', targetGroupArn: group.arn }));
  await untilServing(world, { name: 'lost', arn: group.arn, replicas: 2 });
  const targets = podTargets(await podsOf(world, 'lost'));

  const traffic = await world.startTraffic({ name: 'lost', url: group.url });
  await world.kubectl(['delete', 'service/lost', '--namespace=lost']);
  const { message } = await untilBindingSays(world, 'lost', { type: 'Degraded', reason: 'RemovalsHeld' });
  await untilSyncerMetric(world, 'held_removals{namespace="lost",binding="lost",cause="service-gone"}', 2);
  await world.until('an event says so', async () => {
    const events = await world.kubectl(['get', 'events', '--namespace=lost']);
    const isThere = /Warning +RemovalsHeld +targetgroupbinding\/lost +2 targets are kept/.test(events);
    return isThere ? { done: undefined } : { still: events };
  });
  // Longer than the load balancer goes on sending to a target that was deregistered.
  await untilTrafficRanFor(world, 'lost', 4);
  expect(await failedRequests(world, 'lost', traffic)).toEqual([]);
  expect(elbCalls(world, { operation: 'DeregisterTargets', targetGroup: 'lost' })).toEqual([]);
  expect(await targetsOf(world, group.arn, 'healthy')).toEqual(targets);

  // As the message itself says it is done.
  const command = /kubectl (annotate .+=)TIME/.exec(message)?.[1] ?? '';
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await world.kubectl(`${command}${inAnHour}`.split(' '));
  await untilTargets(world, group.arn, []);
});

it('LBC#2757: foreign targets are kept and counted, and leave when the binding says so', async () => {
  const group = await makeGroup('foreign');
  const app = { name: 'foreign', targetGroupArn: group.arn };
  await world.elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: group.arn, Targets: [{ Id: '127.9.9.9', Port: 8080 }] }),
  );
  await world.apply([namespace(app), service(app), binding(app), deployment(app)]);
  await untilServing(world, { name: 'foreign', arn: group.arn, replicas: 2 });
  await world.until('kubectl counts them', async () => {
    const table = await world.kubectl(['get', 'targetgroupbindings', '--namespace=foreign', '-o', 'wide']);
    expect(table).toMatch(/ DESIRED +HEALTHY +DRAINING +FOREIGN /);
    return / InStep +2 +2 +0 +1 /.test(table) ? { done: undefined } : { still: table };
  });
  await annotateBinding(world, 'foreign', 'foreign-targets=remove');
  await untilTargets(world, group.arn, podTargets(await podsOf(world, 'foreign')));
  const removed = elbCalls(world, { operation: 'DeregisterTargets', targetGroup: 'foreign' });
  expect(removed.flatMap(({ targets }) => targets)).toEqual(['127.9.9.9:8080']);
});
