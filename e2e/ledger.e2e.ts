import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, manifests, namespace, service } from './app.ts';
import { podsOf, podTargets, untilReady, untilServing, untilTargets } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';
import { scale } from './programs.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

async function deploy(name: string) {
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 1 });
  await world.apply(manifests({ name, targetGroupArn: group.arn, preStopSeconds: 0 }));
  await untilServing(world, { name, arn: group.arn, replicas: 2 });
  return group;
}

/** Deletes a binding the way people do who do not want to wait for its end. */
async function forceDelete(name: string): Promise<void> {
  const object = [`targetgroupbinding/${name}`, `--namespace=${name}`];
  await world.kubectl(['patch', ...object, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
  await world.kubectl(['delete', ...object, '--timeout=30s']);
}

const untilLedgerIsGone = (name: string): Promise<unknown> =>
  world.kubectl([
    ...['wait', '--for=delete', `configmap/targets.elbv2.k8s.aws.${name}`],
    ...[`--namespace=${name}`, '--timeout=30s'],
  ]);

it('LBC’s record of a target group that clusters share is adopted, and what serves stays', async () => {
  const group = await world.makeTargetGroup({ name: 'multi', deregistrationDelaySeconds: 1 });
  const app = { name: 'multi', targetGroupArn: group.arn };
  await world.apply([namespace(app), service(app), deployment(app)]);
  const serving = podTargets(await untilReady(world, 'multi', 2));
  const [stale, ofOtherCluster] = ['127.9.9.9:8080', '127.9.9.10:8080'];
  await world.elb.send(
    new RegisterTargetsCommand({
      TargetGroupArn: group.arn,
      Targets: [...serving, stale, ofOtherCluster].map((target) => ({
        Id: target.split(':')[0],
        Port: 8080,
      })),
    }),
  );
  await untilTargets(world, group.arn, serving, 'healthy');
  const record = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-lbc-targets-multi', namespace: 'multi' },
    data: { targets: [...serving, stale].join() },
  };
  await world.apply([record, binding(app, { multiClusterTargetGroup: true })]);

  await untilTargets(world, group.arn, [...serving, ofOtherCluster]);
  const deregistered = elbCalls(world, { operation: 'DeregisterTargets', targetGroup: 'multi' });
  expect(deregistered.flatMap(({ targets }) => targets)).toEqual([stale]);
  await world.until('the ledger has what serves', async () => {
    const args = [
      'get',
      'configmap/targets.elbv2.k8s.aws.multi',
      '-n',
      'multi',
      '-o',
      'jsonpath={.data.targets}',
    ];
    const ledger = await world.kubectl(args);
    const lines = ledger.split('\n').filter((line) => line.includes('registered='));
    const has = lines.map((line) => line.split(' ')[0]).join();
    return has === serving.join() ? { done: undefined } : { still: ledger };
  });
});

it('field report 16: a namespace, and a binding by force, deleted while the syncer is down end when it is back', async () => {
  const [deleted, forced] = await Promise.all([deploy('deleted'), deploy('forced')]);
  await scale(world, 'syncer', 0);
  await world.kubectl(['delete', 'namespace/deleted', '--wait=false']);
  await forceDelete('forced');
  await world.until('the pods of the namespace are gone', async () => {
    const { length } = await podsOf(world, 'deleted');
    return length === 0 ? { done: undefined } : { still: `${length} are left` };
  });
  await scale(world, 'syncer', 1);
  await untilTargets(world, deleted.arn, []);
  await untilTargets(world, forced.arn, []);
  await world.kubectl(['wait', '--for=delete', 'namespace/deleted', '--timeout=60s']);
  await untilLedgerIsGone('forced');
});

it('the targets of a binding that is deleted by force leave too', async () => {
  const { arn } = await deploy('taken');
  await forceDelete('taken');
  await untilTargets(world, arn, []);
  await untilLedgerIsGone('taken');
});
