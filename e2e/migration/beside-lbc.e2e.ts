import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, manifests, namespace, service } from '../app.ts';
import { bindingOf } from '../bindings.ts';
import {
  gatesOf,
  podsOf,
  podTargets,
  rollOut,
  untilOldPodsAreGone,
  untilReady,
  untilServing,
  untilTargets,
} from '../cluster.ts';
import { elbCalls } from '../elb-calls.ts';
import { failedRequests } from '../traffic.ts';
import { gatesNotOpenSince, targetChangesSince } from './history.ts';
import { startLbc, worldOfLbc } from './lbc.ts';
import type { Lbc } from './lbc-stand-in.ts';

const apiGroup = 'targetgate.dev';

let world: World;
let lbc: Lbc | undefined;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, apiGroup, ...worldOfLbc });
  // The CRD as a cluster has it that LBC works in.
  const crd = join(import.meta.dirname, '../../manifests/crds/targetgroupbindings.yaml');
  await world.kubectl(['apply', '-f', '-'], await readFile(crd, 'utf8'));
  await world.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
});

afterAll(async () => {
  try {
    await lbc?.stop();
  } finally {
    await world.close();
  }
});

const label = (name: string, group: string): Promise<string> =>
  world.kubectl(['label', `namespace/${name}`, `${group}/pod-readiness-gate-inject=enabled`]);

describe('Beside LBC', () => {
  it('a whole run under a group of its own fails no request, and touches nothing of LBC', async () => {
    const group = await world.makeTargetGroup({ name: 'ours', deregistrationDelaySeconds: 4 });
    const lbcGroup = await world.makeTargetGroup({ name: 'of-lbc' });
    const app = { name: 'ours', targetGroupArn: group.arn, apiGroup, preStopSeconds: 6 };
    // Of the same service and name, so that nothing but the group tells them apart.
    const ofLbc = binding({ name: 'ours', targetGroupArn: lbcGroup.arn });
    await world.apply([namespace(app), ofLbc]);
    await label('ours', 'elbv2.k8s.aws');
    await world.apply(manifests(app));
    await untilServing(world, { name: 'ours', arn: group.arn, replicas: 2 });

    const traffic = await world.startTraffic({ name: 'ours', url: group.url });
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
    // Or LBC would begin with it, below.
    await world.kubectl(['delete', 'targetgroupbindings.elbv2.k8s.aws/ours', '-n', 'ours', '--timeout=30s']);
  });

  it('pods of a namespace with both labels wait for both, and each controller keeps to its own', async () => {
    lbc = await startLbc(world);
    const lbcGroup = await world.makeTargetGroup({ name: 'ingress', deregistrationDelaySeconds: 4 });
    const group = await world.makeTargetGroup({ name: 'direct', deregistrationDelaySeconds: 4 });
    const app = { name: 'both', targetGroupArn: group.arn, apiGroup, preStopSeconds: 6 };
    await world.apply([namespace(app)]);
    await label('both', 'elbv2.k8s.aws');
    await world.apply([
      service(app),
      binding({ name: 'both', targetGroupArn: lbcGroup.arn }),
      binding(app),
      // LBC's webhook gives them its own.
      deployment({ ...app, gates: [gateOf('both')] }),
    ]);
    await untilReady(world, 'both', 2);

    const traffics = await Promise.all(
      [lbcGroup, group].map(({ name, url }) => world.startTraffic({ name, url, rate: 50 })),
    );
    await rollOut(world, 'both');
    await untilOldPodsAreGone(world, 'both');
    const pods = await podsOf(world, 'both');
    for (const pod of pods) {
      expect([...gatesOf(pod)].sort()).toEqual([gateOf('both'), gateOf('both', apiGroup)]);
    }
    for (const [index, { name, arn }] of [lbcGroup, group].entries()) {
      await untilTargets(world, arn, podTargets(pods), 'healthy');
      const traffic = traffics[index];
      expect(traffic && (await failedRequests(world, name, traffic))).toEqual([]);
    }
    expect((await bindingOf(world, 'both')).metadata.finalizers).toEqual(['elbv2.k8s.aws/resources']);
    expect((await bindingOf(world, 'both', apiGroup)).metadata.finalizers).toEqual([`${apiGroup}/resources`]);
  });

  it('a binding of LBC’s moves over without a deregistration, while LBC stays for the rest', async () => {
    const group = await world.makeTargetGroup({ name: 'moved', deregistrationDelaySeconds: 4 });
    const app = { name: 'moved', targetGroupArn: group.arn, preStopSeconds: 6 };
    const underLbc = deployment({ ...app, gates: [gateOf('moved')] });
    await world.apply([namespace(app), service(app), binding(app), underLbc]);
    await untilServing(world, { name: 'moved', arn: group.arn, replicas: 2 });
    const traffic = await world.startTraffic({ name: 'moved', url: group.url, rate: 50 });

    const since = Date.now();
    await lbc?.stop();
    await label('moved', apiGroup);
    await world.apply([binding({ ...app, apiGroup })]);
    await world.until('targetgate follows the group', async () => {
      const { conditions = [] } = (await bindingOf(world, 'moved', apiGroup)).status ?? {};
      const reason = conditions.find(({ type }) => type === 'Ready')?.reason;
      return reason === 'InStep' ? { done: undefined } : { still: String(reason) };
    });
    const old = ['targetgroupbindings.elbv2.k8s.aws/moved', '--namespace=moved'];
    await world.kubectl(['patch', ...old, '--type=merge', '--patch={"metadata":{"finalizers":null}}']);
    await world.kubectl(['delete', ...old, '--timeout=30s']);
    lbc = await startLbc(world);
    expect(targetChangesSince(world, since)).toEqual([]);
    expect(gatesNotOpenSince(world, since)).toEqual([]);

    // LBC's webhook gives new pods no gate of a binding that is gone.
    await world.apply([deployment({ ...app, apiGroup })]);
    await world.kubectl(['rollout', 'status', 'deployment/moved', '--namespace=moved', '--timeout=100s']);
    await untilOldPodsAreGone(world, 'moved');
    const pods = await podsOf(world, 'moved');
    for (const pod of pods) expect(gatesOf(pod)).toEqual([gateOf('moved', apiGroup)]);
    await untilTargets(world, group.arn, podTargets(pods));
    expect(await failedRequests(world, 'moved', traffic)).toEqual([]);
  });
});
