import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, namespace, service, type AppOptions } from './app.ts';
import { untilBindingSays } from './bindings.ts';
import { conditionOf, podsOf, untilServing } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';

const tag = 'targetgate.dev/namespace';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, syncerArgs: [`--namespace-tag=${tag}`] });
});

afterAll(() => world.close());

const notAllowed = { type: 'Ready', reason: 'TargetGroupNotAllowed' };

describe('field report 22: a namespace that may bind only what its annotation lists', () => {
  const rule =
    'namespace tenant, by its annotation elbv2.k8s.aws/allowed-target-groups, may bind tenant-*, not else';

  let app: AppOptions;

  beforeAll(async () => {
    const { arn } = await world.makeTargetGroup({ name: 'else', tags: { [tag]: 'tenant' } });
    app = { name: 'tenant', targetGroupArn: arn };
  });

  it('is refused another target group by the webhook, and, where that is not asked, by the syncer', async () => {
    await world.apply([namespace(app), service(app)]);
    await world.kubectl(['annotate', 'namespace/tenant', 'elbv2.k8s.aws/allowed-target-groups=tenant-*']);
    await world.until('the webhook refuses', async () => {
      const said = await world
        .kubectl(['apply', '--dry-run=server', '-f', '-'], JSON.stringify(binding(app)))
        .then(
          () => 'nothing',
          (error: unknown) => (error as Error).message,
        );
      return said.includes(rule) ? { done: undefined } : { still: said };
    });

    await world.kubectl(['delete', 'validatingwebhookconfiguration/targetgate']);
    await world.until('the API server does not ask the webhook any more', async () => {
      await world.apply([binding(app)]);
      return { done: undefined };
    });
    await untilBindingSays(world, 'tenant', { ...notAllowed, words: rule });
  });

  it('waits with that reason, and is served once an administrator allows it', async () => {
    await world.apply([deployment(app)]);
    await world.until('the gates say why', async () => {
      const gates = (await podsOf(world, 'tenant')).map((pod) => conditionOf(pod, gateOf('tenant')));
      const said = gates.filter((gate) => gate?.reason === 'TargetGroupNotAllowed');
      return said.length === 2 ? { done: undefined } : { still: JSON.stringify(gates) };
    });
    expect(elbCalls(world, { operation: 'RegisterTargets' })).toEqual([]);
    const annotation = 'elbv2.k8s.aws/allowed-target-groups=tenant-*,else';
    await world.kubectl(['annotate', '--overwrite', 'namespace/tenant', annotation]);
    await untilServing(world, { name: 'tenant', arn: app.targetGroupArn, replicas: 2 });
  });
});

describe('where --namespace-tag is set', () => {
  it.each([
    ['untagged', {}, 'has no such tag'],
    ['foreign', { [tag]: 'tenant' }, `has ${tag}=tenant`],
  ])('a target group that is %s is refused', async (name, tags, why) => {
    const { arn } = await world.makeTargetGroup({ name, tags });
    const app = { name, targetGroupArn: arn };
    await world.apply([namespace(app), service(app), binding(app)]);
    const words = `by its tag ${tag} which namespace may bind it, and ${name} ${why}`;
    await untilBindingSays(world, name, { ...notAllowed, words });
  });
});
