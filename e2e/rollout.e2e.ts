import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { gateOf, manifests, type AppOptions } from './app.ts';
import {
  conditionOf,
  podsOf,
  rollOut,
  targetsOf,
  untilOldPodsAreGone,
  untilServing,
  untilTargets,
} from './cluster.ts';

let world: World;

beforeAll(async () => {
  // Some seconds pass until an ALB knows a target; without gates, a rollout of quick pods does not wait for that.
  world = await startWorld({ withTargetgate: true, elb: { registrationMs: 5_000 } });
});

afterAll(() => world.close());

/** Deploys an app behind a target group of its own, and waits until it serves. */
async function deploy(options: Omit<AppOptions, 'targetGroupArn'>) {
  // Longer than the 2 s for which requests still reach a target that was deregistered: they end in peace.
  const group = await world.makeTargetGroup({ name: options.name, deregistrationDelaySeconds: 4 });
  await world.apply(manifests({ ...options, targetGroupArn: group.arn }));
  await untilServing(world, { name: options.name, arn: group.arn, replicas: options.replicas ?? 2 });
  return group;
}

describe('a rolling update under load', () => {
  async function requestsOfRollout(options: Omit<AppOptions, 'targetGroupArn'>) {
    const group = await deploy({ preStopSeconds: 6, ...options });
    const traffic = await world.startTraffic({ name: options.name, url: group.url });
    await rollOut(world, options.name);
    await untilOldPodsAreGone(world, options.name);
    return traffic.stop();
  }

  it('fails no request with gates', async () => {
    const totals = await requestsOfRollout({ name: 'gated', replicas: 4 });
    expect(totals).toMatchObject({ failed: 0 });
    expect(totals.requests).toBeGreaterThan(500);
  });

  it('fails requests without gates', async () => {
    const totals = await requestsOfRollout({ name: 'ungated', replicas: 4, labelled: false });
    expect(totals.failed).toBeGreaterThan(0);
  });
});

it('a pod that never gets healthy blocks its rollout, and its gate says why', async () => {
  const group = await deploy({ name: 'sick' });
  const before = await targetsOf(world, group.arn, 'healthy');
  // Ready for the kubelet, and failing the load balancer's health check: as a wrong path or port would.
  const options = { name: 'sick', targetGroupArn: group.arn, env: { UNHEALTHY: '1' } };
  const [deployment] = manifests(options).filter((object) => object.kind === 'Deployment');
  const text = JSON.stringify(deployment).replace('"path":"/healthz"', '"path":"/"');
  await world.kubectl(['apply', '-f', '-'], text);

  const condition = await world.until('the gate says why', async () => {
    const pods = await podsOf(world, 'sick');
    const found = pods
      .map((pod) => conditionOf(pod, gateOf('sick')))
      .find((gate) => gate?.status === 'False');
    return found?.reason?.startsWith('Target.') ? { done: found } : { still: JSON.stringify(found) };
  });
  expect(condition).toMatchObject({
    reason: 'Target.ResponseCodeMismatch',
    message: expect.stringContaining('Health checks failed with these codes: [503]'),
  });
  expect(await targetsOf(world, group.arn, 'healthy')).toEqual(before);
  const status = await world.kubectl([
    'get',
    'deployment/sick',
    '-n',
    'sick',
    '-o',
    'jsonpath={.status.availableReplicas}',
  ]);
  expect(status).toBe('2');
});

it('a hundred pods become Ready and lose their targets again when they are scaled away', async () => {
  const group = await deploy({ name: 'hundred', replicas: 100, preStopSeconds: 1 });
  const registrations = world.journal.filter(
    (event) =>
      event.kind === 'elb-call' && event.operation === 'RegisterTargets' && event.targetGroup === 'hundred',
  );
  expect(registrations.length).toBeLessThan(100);
  await world.kubectl(['scale', 'deployment/hundred', '-n', 'hundred', '--replicas=0']);
  await untilTargets(world, group.arn, []);
});
