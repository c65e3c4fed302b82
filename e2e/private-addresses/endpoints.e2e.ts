import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { privateAddresses, startWorld, type Manifest, type World } from '@targetgate/sandbox/world';
import { binding, namespace, pod, service } from '../app.ts';
import { podTargets, untilReady, untilTargets } from '../cluster.ts';
import { untilBindingSays } from '../bindings.ts';

let world: World;

beforeAll(async () => {
  // Who answers a request is looked at the moment the target is gone.
  const elb = { routingLagMs: 0 };
  world = await startWorld({ withTargetgate: true, addresses: privateAddresses, elb });
});

afterAll(() => world.close());

/** An EndpointSlice that a person writes. */
const slice = (name: string, addresses: readonly string[]): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace: name, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080 }],
  endpoints: addresses.map((address) => ({ addresses: [address] })),
});

it('the endpoints of a service without a selector are targets, for as long as a slice has them', async () => {
  const group = await world.makeTargetGroup({ name: 'elsewhere', deregistrationDelaySeconds: 1 });
  const app = { name: 'elsewhere', targetGroupArn: group.arn, labelled: false };
  // Nothing of Kubernetes says that these pods are behind the service.
  await world.apply([namespace(app), pod(app, 'one'), pod(app, 'two')]);
  const [one, two] = await untilReady(world, 'elsewhere', 2);
  const [staying = '', leaving = ''] = [one?.status.podIP, two?.status.podIP];
  await world.apply([service(app, { selector: undefined }), binding(app)]);
  await untilBindingSays(world, 'elsewhere', { type: 'Ready', reason: 'EndpointsNotFound' });

  await world.apply([slice('elsewhere', [staying, leaving])]);
  await untilTargets(world, group.arn, podTargets([one, two].filter((it) => it !== undefined)), 'healthy');
  expect(['one\n', 'two\n']).toContain(await (await fetch(group.url)).text());

  await world.apply([slice('elsewhere', [staying])]);
  await untilTargets(world, group.arn, [`${staying}:8080`]);
  expect(await (await fetch(group.url)).text()).toBe('one\n');
});
