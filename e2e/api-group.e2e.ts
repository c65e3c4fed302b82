import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, gateOf, manifests, namespace } from './app.ts';
import { bindingOf } from './bindings.ts';
import {
  gatesOf,
  podsOf,
  podTargets,
  rollOut,
  untilOldPodsAreGone,
  untilServing,
  untilTargets,
} from './cluster.ts';
import { elbCalls } from './elb-calls.ts';
import { failedRequests } from './traffic.ts';

const apiGroup = 'targetgate.dev';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, apiGroup });
  // The CRD as a cluster has it that LBC works in.
  const crd = join(import.meta.dirname, '../manifests/crds/targetgroupbindings.yaml');
  await world.kubectl(['apply', '-f', '-'], await readFile(crd, 'utf8'));
  await world.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
});

afterAll(() => world.close());

it('a whole run under a group of its own fails no request, and touches nothing of LBC', async () => {
  const group = await world.makeTargetGroup({ name: 'ours', deregistrationDelaySeconds: 4 });
  const lbcGroup = await world.makeTargetGroup({ name: 'of-lbc' });
  const app = { name: 'ours', targetGroupArn: group.arn, apiGroup, preStopSeconds: 6 };
  // Of the same service and name, so that nothing but the group tells them apart.
  const ofLbc = binding({ name: 'ours', targetGroupArn: lbcGroup.arn });
  await world.apply([namespace(app), ofLbc]);
  await world.kubectl(['label', 'namespace/ours', 'elbv2.k8s.aws/pod-readiness-gate-inject=enabled']);
  await world.apply(manifests(app));
  await untilServing(world, { name: 'ours', arn: group.arn, replicas: 2 });

  const traffic = world.startTraffic({ name: 'ours', url: group.url });
  await rollOut(world, 'ours');
  await untilOldPodsAreGone(world, 'ours');
  expect(await failedRequests(world, 'ours', traffic)).toEqual([]);
  const pods = await podsOf(world, 'ours');
  for (const pod of pods) expect(gatesOf(pod)).toEqual([gateOf('ours', apiGroup)]);
  await untilTargets(world, group.arn, podTargets(pods));

  expect((await bindingOf(world, 'ours', apiGroup)).metadata.finalizers).toEqual([`${apiGroup}/resources`]);
  await world.kubectl(['delete', `targetgroupbindings.${apiGroup}/ours`, '-n', 'ours', '--timeout=30s']);
  await untilTargets(world, group.arn, []);

  const { metadata, status } = await bindingOf(world, 'ours');
  expect({ finalizers: metadata.finalizers, status }).toEqual({ finalizers: undefined, status: undefined });
  const calls = elbCalls(world, { targetGroup: 'of-lbc' }).map(({ operation }) => operation);
  // Made with the target group, by this test.
  expect(calls).toEqual(['ModifyTargetGroupAttributes']);
});
