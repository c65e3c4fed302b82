import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { gateOf, manifests } from './app.ts';
import { conditionOf, podsOf, rollOut, untilOldPodsAreGone, untilServing } from './cluster.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, streamsLists: false });
});

afterAll(() => world.close());

it('an API server that streams no lists, as before Kubernetes 1.34, gives them by pages', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'paged' });
  await world.apply(manifests({ name: 'paged', targetGroupArn: arn }));
  await untilServing(world, { name: 'paged', arn, replicas: 2 });

  await rollOut(world, 'paged');
  await untilOldPodsAreGone(world, 'paged');
  const gates = (await podsOf(world, 'paged')).map((pod) => conditionOf(pod, gateOf('paged')));
  expect(gates).toMatchObject([{ reason: 'Healthy' }, { reason: 'Healthy' }]);
});
