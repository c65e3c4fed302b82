import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, manifests, namespace, service, type AppOptions } from './app.ts';
import { untilBindingSays } from './bindings.ts';
import { conditionOf, gatesOf, podsOf, targetsOf, untilReady, untilServing } from './cluster.ts';

let world: World;
let arn: string;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  arn = (await world.makeTargetGroup({ name: 'injection' })).arn;
});

afterAll(() => world.close());

describe('injection through the API server', () => {
  const app = (name: string, more: Partial<AppOptions> = {}): AppOptions => ({
    name,
    targetGroupArn: arn,
    ...more,
  });

  it('gives each pod of a labelled namespace the gate of its binding', async () => {
    const options = app('labelled');
    await world.apply(manifests(options));
    await untilServing(world, { name: 'labelled', arn, replicas: 2 });
    for (const pod of await podsOf(world, 'labelled')) {
      expect(gatesOf(pod)).toEqual([gateOf('labelled')]);
      expect(conditionOf(pod, gateOf('labelled'))).toMatchObject({ status: 'True', reason: 'Healthy' });
    }
  });

  it('leaves the pods of an unlabelled namespace as they are', async () => {
    const options = app('unlabelled', { labelled: false });
    await world.apply(manifests(options));
    for (const pod of await untilReady(world, 'unlabelled', 2)) expect(gatesOf(pod)).toEqual([]);
  });

  it('leaves a pod that no binding selects as it is, and answers dry runs like real ones', async () => {
    await world.apply([namespace(app('dry')), service(app('dry')), binding(app('dry'))]);
    const dryRun = async (labels: Record<string, string>): Promise<readonly string[]> => {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { generateName: 'dry-', namespace: 'dry', labels },
        spec: { containers: [{ name: 'app', image: 'sandbox/app' }] },
      };
      const args = ['create', '--dry-run=server', '-o', 'json', '-f', '-'];
      const made = JSON.parse(await world.kubectl(args, JSON.stringify(pod))) as Parameters<
        typeof gatesOf
      >[0];
      return gatesOf(made);
    };
    // The webhook learns of a new binding and service by its watch.
    await world.until('the webhook knows the binding', async () => {
      const gates = await dryRun({ app: 'dry' });
      return gates.includes(gateOf('dry')) ? { done: undefined } : { still: `gates ${gates.join()}` };
    });
    expect(await dryRun({ app: 'elsewhere' })).toEqual([]);
    expect(await podsOf(world, 'dry')).toEqual([]);
  });

  it('registers pods that were there before their service, when they are Ready', async () => {
    const group = await world.makeTargetGroup({ name: 'late' });
    const options = app('late', { targetGroupArn: group.arn });
    await world.apply([namespace(options), binding(options), deployment(options)]);
    await untilBindingSays(world, 'late', { type: 'Ready', reason: 'ServiceNotFound' });
    expect(await targetsOf(world, group.arn)).toEqual([]);
    await world.apply([service(options)]);
    await untilServing(world, { name: 'late', arn: group.arn, replicas: 2 });
  });
});
