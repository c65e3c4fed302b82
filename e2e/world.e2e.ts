import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { gateOf, manifests } from './app.ts';
import { conditionOf, gatesOf, podsOf, transitionOf } from './cluster.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

describe('one pod behind one target group', () => {
  it('gets a gate, becomes a healthy target, gets Ready, and answers the load balancer', async () => {
    const group = await world.makeTargetGroup({ name: 'shop', healthCheckIntervalSeconds: 1 });
    await world.apply(manifests({ name: 'shop', targetGroupArn: group.arn, replicas: 1 }));

    const pod = await world.until('the pod is Ready', async () => {
      const [only] = await podsOf(world, 'shop');
      const isReady = only && conditionOf(only, 'Ready')?.status === 'True';
      return isReady ? { done: only } : { still: JSON.stringify(only?.status.conditions) };
    });
    expect(gatesOf(pod)).toEqual([gateOf('shop')]);
    expect(conditionOf(pod, gateOf('shop'))).toMatchObject({ status: 'True' });

    const answer = await fetch(group.url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(`${pod.metadata.name}\n`);
  });

  it('opened the gate only after the target was healthy, and got Ready only after that', async () => {
    const healthy = world.journal.find((event) => event.kind === 'target' && event.state === 'healthy');
    const open = world.journal.find((event) => event.kind === 'gate' && event.status === 'True');
    expect(healthy?.at).toBeLessThanOrEqual(open?.at ?? NaN);
    const [pod] = await podsOf(world, 'shop');
    expect(transitionOf(pod, gateOf('shop'))).toBeLessThanOrEqual(transitionOf(pod, 'Ready'));
  });
});
