import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { gateOf, manifests } from './app.ts';
import { bindingOf } from './bindings.ts';
import { podsOf, podTargets, untilReady, type ApiPod } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';
import { syncerMetric, untilSyncerMetric } from './programs.ts';

/** The other controller: this test, in a role of the sandbox's own account. */
const role = { arn: 'arn:aws:iam::000000000000:role/lbc' };

let world: World;
let elb: ElasticLoadBalancingV2Client;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, syncerArgs: ['--shadow'] });
  await world.setAccount({ roles: [role] });
  elb = world.elbAs({ role });
});

afterAll(() => world.close());

type Change = 'register' | 'deregister' | 'open-gate';

/** Waits until the syncer's log says that it would make these changes now. */
const untilPlanned = (change: Change, expected: readonly string[]): Promise<void> =>
  world.until(`the syncer would ${change} ${expected.join()}`, async () => {
    const folder = join(world.directory, 'logs');
    const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('_syncer.log'));
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n').filter((line) => line !== '');
    const said = lines.map((line) => JSON.parse(line) as { msg: string; change?: string; of?: string });
    const planned = said.filter(
      ({ msg, change: what }) => msg === 'shadow: would be done now' && what === change,
    );
    const isSo = expected.every((one) => planned.some(({ of }) => of === one));
    return isSo ? { done: undefined } : { still: JSON.stringify(planned) };
  });

const lead = (change: Change, what: 'count' | 'sum'): string =>
  `shadow_lead_seconds_${what}{change="${change}"}`;

/** Opens a pod's gate, as LBC would. */
const openGate = ({ metadata: { name, uid } }: ApiPod): Promise<unknown> =>
  world.kube.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/shadowed/pods/${name}/status`,
    patch: 'strategic',
    body: { metadata: { uid }, status: { conditions: [{ type: gateOf('shadowed'), status: 'True' }] } },
  });

it('beside another controller, everything is planned and timed, and nothing is written', async () => {
  const group = await world.makeTargetGroup({ name: 'shadowed', elb });
  await world.apply(manifests({ name: 'shadowed', targetGroupArn: group.arn, preStopSeconds: 0 }));
  const found = await world.until('the pods have addresses', async () => {
    const pods = await podsOf(world, 'shadowed');
    const known = pods.filter(({ status }) => status.podIP !== undefined);
    return known.length === 2 ? { done: known } : { still: `${known.length} of ${pods.length}` };
  });
  const targets = podTargets(found);
  const Targets = targets.map((target) => ({ Id: target.split(':')[0], Port: 8080 }));

  await untilPlanned('register', targets);
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: group.arn, Targets }));
  await untilSyncerMetric(world, lead('register', 'count'), 2);

  await untilPlanned(
    'open-gate',
    found.map(({ metadata }) => metadata.name),
  );
  for (const pod of found) await openGate(pod);
  await untilReady(world, 'shadowed', 2);
  await untilSyncerMetric(world, lead('open-gate', 'count'), 2);

  await world.kubectl(['scale', 'deployment/shadowed', '--namespace=shadowed', '--replicas=0']);
  await untilPlanned('deregister', targets);
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: group.arn, Targets }));
  await untilSyncerMetric(world, lead('deregister', 'count'), 2);
  for (const change of ['register', 'open-gate', 'deregister'] as const) {
    expect(await syncerMetric(world, lead(change, 'sum'))).toBeGreaterThan(0);
  }

  const operations = new Set(elbCalls(world, { identity: 'targetgate' }).map(({ operation }) => operation));
  expect(operations).toContain('DescribeTargetHealth');
  expect([...operations].filter((operation) => !operation.startsWith('Describe'))).toEqual([]);
  const { metadata, status } = await bindingOf(world, 'shadowed');
  expect({ finalizers: metadata.finalizers, status }).toEqual({ finalizers: undefined, status: undefined });
  const written = await world.kubectl([
    'get',
    'configmaps',
    '-A',
    '-l',
    'app.kubernetes.io/managed-by=targetgate',
    '-o',
    'name',
  ]);
  expect(written).toBe('');
  const events = await world.kubectl(['get', 'events', '-A', '-o', 'jsonpath={.items[*].source.component}']);
  expect(events).not.toContain('targetgate');
});
