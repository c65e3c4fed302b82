import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { gateOf, manifests } from './app.ts';
import { conditionOf, gatesOf, podsOf, reportsApartMs } from './cluster.ts';

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

  it('opened the gate only after the target was healthy, and got Ready only after that', () => {
    const healthy = world.journal.find((event) => event.kind === 'target' && event.state === 'healthy');
    const open = world.journal.find((event) => event.kind === 'gate' && event.status === 'True');
    const ready = world.journal.find(
      (event) => event.kind === 'pod' && event.namespace === 'shop' && event.phase === 'ready',
    );
    expect(healthy?.at).toBeLessThanOrEqual((open?.at ?? 0) + reportsApartMs);
    expect(open?.at).toBeLessThanOrEqual((ready?.at ?? 0) + reportsApartMs);
  });
});
