import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { binding, gateOf, manifests } from './app.ts';
import {
  conditionOf,
  podsOf,
  podTargets,
  rollOut,
  targetsOf,
  untilOldPodsAreGone,
  untilReady,
  untilServing,
  untilTargets,
} from './cluster.ts';
import { failedRequests, untilTrafficRanFor } from './traffic.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

async function deploy(name: string, replicas = 4): Promise<MadeTargetGroup> {
  // Longer than the 2 s for which requests still reach a target that was deregistered: they end in peace.
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 4 });
  await world.apply(manifests({ name, targetGroupArn: group.arn, replicas, preStopSeconds: 8 }));
  await untilServing(world, { name, arn: group.arn, replicas });
  return group;
}

/** The syncer's process. */
function syncerPid(): number {
  const [program] = world.programs('syncer');
  if (program === undefined) throw new Error('no syncer runs');
  return program.pid;
}

it('a syncer that is killed in mid-rollout and started again costs no request and leaks no target', async () => {
  const group = await deploy('killed');
  const traffic = await world.startTraffic({ name: 'killed', url: group.url });
  const rollout = rollOut(world, 'killed');
  await world.until('the rollout is under way', () => {
    const deleted = world.journal.some(
      (event) => event.kind === 'pod' && event.namespace === 'killed' && event.phase === 'deleted',
    );
    return Promise.resolve(deleted ? { done: undefined } : { still: 'no pod was deleted yet' });
  });
  const killed = syncerPid();
  process.kill(killed, 'SIGKILL');
  await rollout;
  expect(syncerPid()).not.toBe(killed);
  await untilOldPodsAreGone(world, 'killed');
  await untilServing(world, { name: 'killed', arn: group.arn, replicas: 4 });
  expect(await failedRequests(world, 'killed', traffic)).toEqual([]);
  const targets = podTargets(await podsOf(world, 'killed'));
  await untilTargets(world, group.arn, targets);
});

it('a restart of the API server in mid-rollout costs no request, and the rollout finishes', async () => {
  const group = await deploy('api');
  const traffic = await world.startTraffic({ name: 'api', url: group.url });
  await world.kubectl(['rollout', 'restart', 'deployment/api', '--namespace=api']);
  await world.controlPlane.restartApiServer();
  await world.kubectl(['rollout', 'status', 'deployment/api', '--namespace=api', '--timeout=100s']);
  await untilOldPodsAreGone(world, 'api');
  expect(await failedRequests(world, 'api', traffic)).toEqual([]);
});

it('while AWS refuses, a gate says so; when it does not any more, the gate opens within seconds', async () => {
  const group = await world.makeTargetGroup({ name: 'denied' });
  await world.setFaults({
    errors: [{ operation: 'RegisterTargets', code: 'AccessDenied', message: 'not authorized' }],
  });
  await world.apply(manifests({ name: 'denied', targetGroupArn: group.arn }));
  await world.until('the gates say why they wait', async () => {
    const reasons = (await podsOf(world, 'denied')).map((pod) => conditionOf(pod, gateOf('denied'))?.reason);
    const said = reasons.length === 2 && reasons.every((reason) => reason === 'AccessDenied');
    return said ? { done: undefined } : { still: reasons.join() };
  });
  await world.setFaults({});
  await untilServing(world, { name: 'denied', arn: group.arn, replicas: 2 });
});

it('throttling slows a rollout down and fails nothing', async () => {
  const group = await deploy('throttled', 2);
  const slow = { capacity: 2, refillPerSecond: 1 };
  await world.setFaults({ throttling: { mutating: slow, nonMutating: slow } });
  const traffic = await world.startTraffic({ name: 'throttled', url: group.url });
  await rollOut(world, 'throttled');
  await untilOldPodsAreGone(world, 'throttled');
  await world.setFaults({});
  expect(await failedRequests(world, 'throttled', traffic)).toEqual([]);
});

it('a deleted binding deregisters its targets, opens gates that wait, and is gone', async () => {
  const group = await deploy('deleted', 2);
  await world.setFaults({ latency: [{ operation: 'DescribeTargetHealth', ms: 3_000 }] });
  await world.kubectl(['scale', 'deployment/deleted', '-n', 'deleted', '--replicas=3']);
  await world.until('a third pod waits for its gate', async () => {
    const targets = await targetsOf(world, group.arn);
    return targets.length === 3 ? { done: undefined } : { still: targets.join(' ') };
  });
  await world.kubectl(['delete', 'targetgroupbinding/deleted', '-n', 'deleted', '--timeout=30s']);
  await world.setFaults({});
  await untilReady(world, 'deleted', 3);
  expect(await targetsOf(world, group.arn, 'healthy')).toEqual([]);
});

it('deleting one of two bindings of a target group costs no request', async () => {
  const group = await deploy('renamed', 2);
  const second = binding({ name: 'renamed', targetGroupArn: group.arn });
  await world.apply([{ ...second, metadata: { ...second.metadata, name: 'second' } }]);
  await world.until('both bindings have the targets', async () => {
    const args = [
      'get',
      'configmap/targets.elbv2.k8s.aws.second',
      '-n',
      'renamed',
      '-o',
      'jsonpath={.data.targets}',
    ];
    const ledger = await world.kubectl(args);
    return ledger.match(/registered=/g)?.length === 2 ? { done: undefined } : { still: ledger };
  });
  const traffic = await world.startTraffic({ name: 'renamed', url: group.url });
  await world.kubectl(['delete', 'targetgroupbinding/renamed', '-n', 'renamed', '--timeout=30s']);
  // Longer than the load balancer goes on sending to a target that was deregistered.
  await untilTrafficRanFor(world, 'renamed', 5);
  expect(await failedRequests(world, 'renamed', traffic)).toEqual([]);
  expect(await targetsOf(world, group.arn, 'healthy')).toHaveLength(2);
});
