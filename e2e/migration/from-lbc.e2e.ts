import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type RunningTraffic, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, namespace, service } from '../app.ts';
import { bindingOf } from '../bindings.ts';
import {
  conditionOf,
  gatesOf,
  podsOf,
  podTargets,
  rollOut,
  untilOldPodsAreGone,
  untilServing,
  untilTargets,
} from '../cluster.ts';
import { scale, untilSyncerMetric } from '../programs.ts';
import { failedRequests } from '../traffic.ts';
import { gatesNotOpenSince, targetChangesSince } from './history.ts';
import { startLbc, unusedAddress, worldOfLbc } from './lbc.ts';
import type { Lbc } from './lbc-stand-in.ts';

interface App {
  readonly name: string;
  readonly group: MadeTargetGroup;
  readonly traffic: RunningTraffic;
}

/** Another cluster's target in the group `shared`. It is dead: what the load balancer does not send to costs nothing. */
const ofOtherCluster = `${unusedAddress}:8080`;

let world: World;
let lbc: Lbc;
/** One behind a group of its own, and one behind a group that clusters share. */
let apps: readonly App[];

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, syncerArgs: ['--shadow'], ...worldOfLbc });
  lbc = await startLbc(world);
  apps = await Promise.all([
    deploy('alone', {}),
    deploy('shared', { multiClusterTargetGroup: true }, [ofOtherCluster]),
  ]);
});

afterAll(async () => {
  try {
    await lbc.stop();
  } finally {
    await world.close();
  }
});

/** An app under LBC, which has registered its pods and opened their gates. */
async function deploy(name: string, spec: object, others: readonly string[] = []): Promise<App> {
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 4 });
  const Targets = others.map((target) => ({ Id: target.split(':')[0], Port: 8080 }));
  if (Targets.length > 0) {
    await world.elb.send(new RegisterTargetsCommand({ TargetGroupArn: group.arn, Targets }));
  }
  const app = { name, targetGroupArn: group.arn, preStopSeconds: 6 };
  // LBC's webhook fills in what a binding leaves out.
  const filledIn = { ipAddressType: 'ipv4', vpcID: 'vpc-0123456789abcdef0', targetGroupProtocol: 'HTTP' };
  await world.apply([namespace(app), service(app), binding(app, { ...filledIn, ...spec }), deployment(app)]);
  await untilServing(world, { name, arn: group.arn, replicas: 2 });
  await untilLbcHasSettled(name);
  return { name, group, traffic: await world.startTraffic({ name, url: group.url, rate: 50 }) };
}

/** Rolls all apps out, and waits until ELB has the new pods, and the other cluster's target still. */
const rollOutAll = (): Promise<unknown> =>
  Promise.all(
    apps.map(async ({ name, group }) => {
      await rollOut(world, name);
      await untilOldPodsAreGone(world, name);
      const others = name === 'shared' ? [ofOtherCluster] : [];
      await untilTargets(world, group.arn, [...podTargets(await podsOf(world, name)), ...others]);
    }),
  );

describe('From LBC', () => {
  it('Shadow first: beside LBC nothing is written', async () => {
    expect(await ledgers()).toBe('');
    for (const { name } of apps) {
      for (const pod of await podsOf(world, name)) {
        expect(gatesOf(pod)).toEqual([gateOf(name)]);
        // LBC's own words are ELB's, which has none for a healthy target.
        const { status, reason } = conditionOf(pod, gateOf(name)) ?? {};
        expect({ status, reason }).toEqual({ status: 'True', reason: undefined });
      }
      expect((await bindingOf(world, name)).status).toEqual({ observedGeneration: 1 });
    }
  });

  it('the handover changes no target, and closes no gate', async () => {
    const since = Date.now();
    await lbc.stop();
    const container = '/spec/template/spec/containers/0';
    await kubectlOfSyncer('patch', [
      '--type=json',
      `--patch=${JSON.stringify([{ op: 'remove', path: `${container}/args` }])}`,
    ]);
    await kubectlOfSyncer('rollout status', ['--timeout=60s']);
    for (const { name } of apps) {
      const serving = podTargets(await podsOf(world, name)).join();
      await world.until(`the ledger of ${name} has what serves`, async () => {
        const has = await recordedTargets(name);
        return has === serving ? { done: undefined } : { still: has };
      });
    }
    await untilSyncerMetric(world, 'foreign_targets{namespace="shared",binding="shared"}', 1);
    expect(targetChangesSince(world, since)).toEqual([]);
    expect(gatesNotOpenSince(world, since)).toEqual([]);
  });

  it('the next rollout is targetgate’s', async () => {
    await rollOutAll();
    for (const { name } of apps) {
      for (const pod of await podsOf(world, name)) {
        expect(conditionOf(pod, gateOf(name))).toMatchObject({ status: 'True', reason: 'Healthy' });
      }
    }
  });

  it('Back to LBC: leaving changes no target, closes no gate, and leaves LBC its finalizer', async () => {
    const since = Date.now();
    await scale(world, 'syncer', 0);
    const targets = await recordedTargets('shared');
    await world.kubectl([
      ...['patch', 'configmap/aws-lbc-targets-shared', '--namespace=shared', '--type=merge'],
      `--patch=${JSON.stringify({ data: { targets } })}`,
    ]);
    await world.kubectl([
      ...['annotate', 'targetgroupbindings.elbv2.k8s.aws', '--all', '--all-namespaces'],
      'elbv2.k8s.aws/checkpoint-',
    ]);
    for (const { name } of apps) {
      expect((await bindingOf(world, name)).metadata.finalizers).toEqual(['elbv2.k8s.aws/resources']);
    }
    lbc = await startLbc(world);
    for (const { name } of apps) await untilLbcHasSettled(name);
    expect(targetChangesSince(world, since)).toEqual([]);
    expect(gatesNotOpenSince(world, since)).toEqual([]);
  });

  it('the ledgers go, LBC follows the pods again, and no request has failed all the way', async () => {
    for (const { name } of apps) {
      const ledger = [`configmap/targets.elbv2.k8s.aws.${name}`, `--namespace=${name}`];
      await world.kubectl(['patch', ...ledger, '--type=merge', '--patch={"metadata":{"finalizers":null}}']);
      await world.kubectl(['delete', ...ledger, '--timeout=30s']);
    }
    await rollOutAll();
    for (const { name, traffic } of apps) expect(await failedRequests(world, name, traffic)).toEqual([]);
  });
});

const kubectlOfSyncer = (command: string, args: readonly string[]): Promise<string> =>
  world.kubectl([
    ...command.split(' '),
    'deployment/targetgate-syncer',
    '--namespace=targetgate-system',
    ...args,
  ]);

const ledgers = (): Promise<string> =>
  world.kubectl(['get', 'configmaps', '-A', '-l', 'app.kubernetes.io/managed-by=targetgate', '-o', 'name']);

/** The targets in the ledger of an app's binding, with commas between, as LBC's record has them. */
async function recordedTargets(name: string): Promise<string> {
  const ledger = [`configmap/targets.elbv2.k8s.aws.${name}`, `--namespace=${name}`];
  const text = await world.kubectl(['get', ...ledger, '-o', 'jsonpath={.data.targets}']);
  return text
    .split('\n')
    .map((line) => line.split(' ')[0])
    .join();
}

/** Waits until LBC has found a binding's targets to be what they should be. */
const untilLbcHasSettled = (name: string): Promise<void> =>
  world.until(`LBC has looked at ${name}`, async () => {
    const object = [`targetgroupbinding/${name}`, `--namespace=${name}`];
    const path = 'jsonpath={.metadata.annotations.elbv2\\.k8s\\.aws/checkpoint}';
    const checkpoint = await world.kubectl(['get', ...object, '-o', path]);
    return checkpoint === '' ? { still: 'it has no checkpoint' } : { done: undefined };
  });
