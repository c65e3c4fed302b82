import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, namespace, service, type AppOptions } from './app.ts';
import { untilBindingSays } from './bindings.ts';
import { conditionOf, podsOf, podTargets, untilReady, untilTargets } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';

const role = { arn: 'arn:aws:iam::444455556666:role/targets', externalId: 'right' };

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  await world.setAccount({ roles: [role] });
});

afterAll(() => world.close());

/** Deploys an app behind a target group of the other account. */
async function deploy(name: string, externalId: string) {
  const elb = world.elbAs({ role });
  const group = await world.makeTargetGroup({ name, elb });
  const app: AppOptions = { name, targetGroupArn: group.arn };
  const spec = { iamRoleArnToAssume: role.arn, assumeRoleExternalId: externalId };
  await world.apply([namespace(app), service(app), binding(app, spec), deployment(app)]);
  return { elb, group };
}

it('PR#4026: the targets of another account’s group are registered by the role that the binding names', async () => {
  const { elb, group } = await deploy('across', 'right');
  const pods = await untilReady(world, 'across', 2);
  for (const pod of pods) expect(conditionOf(pod, gateOf('across'))?.reason).toBe('Healthy');
  await untilTargets({ ...world, elb }, group.arn, podTargets(pods), 'healthy');
  const registered = elbCalls(world, { operation: 'RegisterTargets', targetGroup: 'across' });
  expect(new Set(registered.map(({ identity }) => identity))).toEqual(new Set([role.arn]));
});

it('PR#4026: with a wrong external id, the binding and the gates say what is wrong, and what to do', async () => {
  await deploy('refused', 'wrong');
  const { message } = await untilBindingSays(world, 'refused', { type: 'Ready', reason: 'AccessDenied' });
  expect(message).toContain(`AssumeRole of ${role.arn}: AccessDenied: `);
  expect(message).toContain(
    "give the external id that the trust policy asks for as the binding's assumeRoleExternalId",
  );
  await world.until('the gates say so', async () => {
    const gates = (await podsOf(world, 'refused')).map((pod) => conditionOf(pod, gateOf('refused')));
    const said = gates.filter((gate) => gate?.reason === 'AccessDenied');
    return said.length === 2 ? { done: undefined } : { still: JSON.stringify(gates) };
  });
});
