import { ModifyTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type Manifest, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, manifests, namespace, service } from './app.ts';
import { annotateBinding } from './bindings.ts';
import {
  conditionOf,
  gatesOf,
  podsOf,
  podTargets,
  transitionOf,
  untilReady,
  untilServing,
  untilTargets,
} from './cluster.ts';
import { elbCalls } from './elb-calls.ts';
import { scale, untilSyncerMetric } from './programs.ts';

const failOpenAfterMs = 5_000;

let world: World;

beforeAll(async () => {
  const syncerArgs = ['--sync-period=1s', `--fail-open-after=${failOpenAfterMs / 1000}s`];
  world = await startWorld({ withTargetgate: true, syncerArgs });
});

afterAll(() => world.close());

/** Waits until the gates of an app's pods have these states and reasons, in any order. */
const untilGates = (name: string, expected: readonly string[]): Promise<void> =>
  world.until(`the gates of ${name} are ${expected.join()}`, async () => {
    const gates = (await podsOf(world, name)).map((pod) => conditionOf(pod, gateOf(name)));
    const found = gates.map((gate) => `${gate?.status ?? 'missing'} ${gate?.reason ?? ''}`).sort();
    return found.join() === [...expected].sort().join() ? { done: undefined } : { still: found.join() };
  });

const twice = (gate: string): readonly string[] => [gate, gate];

it('AWS that refuses for longer than --fail-open-after opens gates, with that reason', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'denied' });
  await world.setFaults({
    errors: [{ operation: 'RegisterTargets', code: 'AccessDenied', message: 'not authorized' }],
  });
  await world.apply(manifests({ name: 'denied', targetGroupArn: arn }));
  await untilGates('denied', twice('False AccessDenied'));
  await untilGates('denied', twice('True FailOpenAccessDenied'));
  await untilReady(world, 'denied', 2);
  for (const { metadata } of await podsOf(world, 'denied')) {
    const phaseAt = (phase: string): number =>
      world.journal.find(
        (event) => event.kind === 'pod' && event.uid === metadata.uid && event.phase === phase,
      )?.at ?? 0;
    // Conditions have whole seconds.
    expect(phaseAt('ready') - phaseAt('containers-ready')).toBeGreaterThan(failOpenAfterMs - 1_000);
  }
  await world.setFaults({});
  await untilGates('denied', twice('True Healthy'));
});

describe('LBC#3753: a target group that no listener uses', () => {
  it('opens gates, with that reason', async () => {
    const { arn } = await world.makeTargetGroup({ name: 'unused', attached: false });
    await world.apply(manifests({ name: 'unused', targetGroupArn: arn }));
    await untilGates('unused', twice('True Target.NotInUse'));
    await untilReady(world, 'unused', 2);
  });

  it('keeps them closed where the binding says so, until a listener uses it', async () => {
    const group = await world.makeTargetGroup({ name: 'awaited', attached: false });
    const app = { name: 'awaited', targetGroupArn: group.arn };
    const waiting = binding(app, {}, { 'elbv2.k8s.aws/target-not-in-use': 'wait' });
    await world.apply([namespace(app), service(app), waiting, deployment(app)]);
    await untilGates('awaited', twice('False Target.NotInUse'));
    await group.attach();
    await untilGates('awaited', twice('True Healthy'));
  });
});

it('LBC#1447: ill health of all targets closes half of the gates, and none that are latched', async () => {
  const mirror = await world.makeTargetGroup({ name: 'mirror', healthCheckIntervalSeconds: 1 });
  const latch = await world.makeTargetGroup({ name: 'latch', healthCheckIntervalSeconds: 1 });
  const groups = [mirror, latch];
  await world.apply(groups.flatMap(({ name, arn }) => manifests({ name, targetGroupArn: arn, replicas: 4 })));
  await annotateBinding(world, 'latch', 'gate-policy=latch');
  for (const { name, arn } of groups) await untilServing(world, { name, arn, replicas: 4 });

  // A mistake that makes all fail at once: the app answers 200.
  const accept = async (HttpCode: string): Promise<void> => {
    for (const { arn } of groups) {
      await world.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: arn, Matcher: { HttpCode } }));
    }
  };
  await accept('204');
  await untilGates('mirror', [...twice('False Target.ResponseCodeMismatch'), ...twice('True HeldOpen')]);
  await untilSyncerMetric(world, 'targets{namespace="latch",binding="latch",state="unhealthy"}', 4);
  await untilGates('latch', [...twice('True Healthy'), ...twice('True Healthy')]);
  await accept('200');
  await untilGates('mirror', [...twice('True Healthy'), ...twice('True Healthy')]);
});

it('a gate opens when the service selects its pod no more', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'left' });
  await world.setFaults({ errors: [{ operation: 'RegisterTargets', code: 'AccessDenied' }] });
  const app = { name: 'left', targetGroupArn: arn };
  await world.apply(manifests(app));
  await untilGates('left', twice('False AccessDenied'));
  await world.apply([service(app, { selector: { app: 'elsewhere' } })]);
  await untilGates('left', twice('True NotSelected'));
  await world.setFaults({});
});

it('LBC#2393: a gate of a binding that does not exist opens', async () => {
  const app = { name: 'orphaned', targetGroupArn: '' };
  const spec = { readinessGates: [{ conditionType: gateOf('orphaned') }] };
  await world.apply([namespace(app), withPodSpec(deployment(app), spec)]);
  await untilGates('orphaned', twice('True BindingNotFound'));
  await untilReady(world, 'orphaned', 2);
});

/** A Deployment whose pods have other fields in their specs. */
function withPodSpec(object: Manifest, more: object): Manifest {
  const { spec, ...rest } = object as Manifest & { spec: { template: { spec: object } } };
  const template = { ...spec.template, spec: { ...spec.template.spec, ...more } };
  return { ...rest, spec: { ...spec, template } };
}

it('LBC#1718: pods made while the webhook is away are reported, and registered once they are Ready', async () => {
  await scale(world, 'webhook', 0);
  const { arn } = await world.makeTargetGroup({ name: 'ungated' });
  await world.apply(manifests({ name: 'ungated', targetGroupArn: arn }));
  const pods = await untilReady(world, 'ungated', 2);
  expect(pods.flatMap(gatesOf)).toEqual([]);
  await untilTargets(world, arn, podTargets(pods), 'healthy');

  const readyAt = pods.map((pod) => transitionOf(pod, 'Ready'));
  const [registered] = elbCalls(world, { operation: 'RegisterTargets', targetGroup: 'ungated' });
  expect(registered?.at).toBeGreaterThanOrEqual(Math.min(...readyAt));
  await untilSyncerMetric(world, 'ungated_pods{namespace="ungated",binding="ungated"}', 2);
  await world.until('an event says so', async () => {
    const events = await world.kubectl(['get', 'events', '--namespace=ungated']);
    const isThere = /Warning +PodsWithoutGate +replicaset\/ungated-/.test(events);
    return isThere ? { done: undefined } : { still: events };
  });
});
