import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type MadeTargetGroup, type World } from '@targetgate/sandbox/world';
import { manifests } from './app.ts';
import { writesWith } from './audit.ts';
import { podsOf, podTargets, rollOut, targetsOf, untilServing } from './cluster.ts';
import { elbCalls } from './elb-calls.ts';
import { leaseOf, scale } from './programs.ts';
import { leaderOf, startReplica, untilLed, untilWarm, type Replica } from './replicas.ts';

/** The default of LEASE_DURATION, and when its holder stops writing. */
const leaseMs = 7_000;
const renewDeadlineMs = 5_000;

let world: World;
let group: MadeTargetGroup;
const replicas = new Map<string, Replica>();

async function start(name: string, ...args: string[]): Promise<void> {
  replicas.set(name, await startReplica(world, name, args));
}
function replica(name: string): Replica {
  const found = replicas.get(name);
  if (found === undefined) throw new Error(`no replica ${name}`);
  return found;
}

/** When the first call to ELB came that was made after `at` by whom it is so, of any operation or of one (epoch ms). */
const firstCallAfter = (
  at: number,
  isSo: (name: string) => boolean,
  wanted: { readonly operation?: string } = {},
): Promise<number> =>
  world.until('somebody calls ELB', () => {
    const call = elbCalls(world, wanted).find((one) => one.at > at && isSo(one.identity));
    return Promise.resolve(call ? { done: call.at } : { still: 'nobody has called' });
  });

const callersBetween = (from: number, to: number): readonly string[] => [
  ...new Set(
    elbCalls(world, {})
      .filter(({ at, identity }) => at > from && at < to && replicas.has(identity))
      .map(({ identity }) => identity),
  ),
];

/** Deletes a pod of the app: its target leaves, and another one comes. */
async function disturb(): Promise<void> {
  const pod = (await podsOf(world, 'led')).find(({ metadata }) => metadata.deletionTimestamp === undefined);
  await world.kubectl(['delete', `pod/${pod?.metadata.name ?? ''}`, '--namespace=led', '--wait=false']);
}

const untilServed = (): Promise<void> => untilServing(world, { name: 'led', arn: group.arn, replicas: 2 });

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  await scale(world, 'syncer', 0);
  group = await world.makeTargetGroup({ name: 'led', deregistrationDelaySeconds: 1 });
  for (const name of ['a', 'b', 'c']) await start(name);
  await untilLed(world);
  await world.apply(manifests({ name: 'led', targetGroupArn: group.arn }));
  await untilServed();
});

afterAll(async () => {
  await Promise.all([...replicas.values()].map((one) => one.stop()));
  await world.close();
});

it('of three replicas, one works', async () => {
  const leader = await leaderOf(world);
  expect(callersBetween(0, Infinity)).toEqual([leader]);
});

it('a leader that is killed is followed within 9 seconds by one that stands by', async () => {
  const leader = await leaderOf(world);
  const killedAt = Date.now();
  replica(leader).kill('SIGKILL');
  await disturb();
  const calledAt = await firstCallAfter(killedAt, (name) => name !== leader && replicas.has(name));
  expect(calledAt - killedAt).toBeLessThan(9_000);
  await untilServed();
  await start(leader);
});

it('a leader that was suspended for longer than its Lease calls nobody and writes nothing when it wakes', async () => {
  const leader = await leaderOf(world);
  const rolled = rollOut(world, 'led');
  await firstCallAfter(Date.now(), (name) => name === leader);
  replica(leader).kill('SIGSTOP');
  await world.until('it is suspended, and its last calls are answered', async () => {
    const state = await callersOfLast(500);
    return state.includes(leader) ? { still: state.join() } : { done: undefined };
  });
  const next = await untilLed(world, (name) => name !== leader);
  await firstCallAfter(Date.now(), (name) => name === next);
  const wokenAt = Date.now();
  replica(leader).kill('SIGCONT');
  await rolled;
  await disturb();
  await untilServed();
  expect(callersBetween(wokenAt, Infinity)).toEqual([next]);
  expect(await leaderOf(world)).toBe(next);
  // It tries to renew its Lease, and is refused; the other one writes, which shows that the log would tell.
  const tried = await writesWith(replica(leader).token, world, wokenAt);
  expect(tried.map(({ objectRef }) => objectRef?.resource)).toEqual(tried.map(() => 'leases'));
  expect(tried.map(({ responseStatus }) => responseStatus?.code)).toEqual(tried.map(() => 409));
  const written = await writesWith(replica(next).token, world, wokenAt);
  expect(written.map(({ objectRef }) => objectRef?.resource)).toEqual(
    expect.arrayContaining(['leases', 'pods', 'configmaps']),
  );
});

it('a leader that stops in order is followed within a second', async () => {
  const leader = await leaderOf(world);
  const stopping = replica(leader).stop();
  const led = untilLed(world, (name) => name !== leader && name !== '');
  expect(await stopping).toEqual({ code: 0, signal: null });
  const endedAt = Date.now();
  const next = await led;
  expect(Date.now() - endedAt).toBeLessThan(1_000);
  await disturb();
  await firstCallAfter(endedAt, (name) => name === next);
  await untilServed();
  await start(leader);
});

it('while the API server is away for longer than the Lease, nobody calls; when it is back, one goes on', async () => {
  const before = (await leaseOf(world)).spec.holderIdentity;
  await world.controlPlane.stopApiServer();
  const awayAt = Date.now();
  await sleep(renewDeadlineMs + leaseMs);
  const backAt = Date.now();
  expect(callersBetween(awayAt + renewDeadlineMs + 500, backAt)).toEqual([]);
  await world.controlPlane.startApiServer();
  const leader = await untilLed(world);
  await world.until('the Lease is renewed', async () => {
    const { renewTime = '' } = (await leaseOf(world)).spec;
    return Date.parse(renewTime) > backAt ? { done: undefined } : { still: renewTime };
  });
  const disturbedAt = Date.now();
  await disturb();
  const operation = 'DeregisterTargets';
  const calledAt = await firstCallAfter(disturbedAt, (name) => replicas.has(name), { operation });
  expect(calledAt - disturbedAt).toBeLessThan(2_000);
  await untilServed();
  expect(callersBetween(backAt, Infinity)).toEqual([await leaderOf(world)]);
  expect([before?.split('_')[0], 'a', 'b', 'c']).toContain(leader);
});

it('a container that is restarted goes on with the Lease that it had, at once', async () => {
  const leader = await leaderOf(world);
  for (const other of replicas.values()) if (other.name !== leader) await other.stop();
  replica(leader).kill('SIGKILL');
  await replica(leader).exited;
  await start(leader);
  const startedAt = Date.now();
  await disturb();
  const calledAt = await firstCallAfter(startedAt, (name) => name === leader);
  expect(calledAt - startedAt).toBeLessThan(3_000);
  await untilServed();
});

it('with shards, replicas share what one leaves behind, and each binding is worked on by one of them', async () => {
  for (const one of replicas.values()) await one.stop();
  replicas.clear();
  // As docs/high-availability.md says.
  const leases = '/rules/1/resourceNames';
  const patch = ['1', '2'].map((shard) => ({
    op: 'add',
    path: `${leases}/-`,
    value: `targetgate-syncer-${shard}`,
  }));
  await world.kubectl([
    'patch',
    'role/targetgate-syncer',
    '--namespace=targetgate-system',
    '--type=json',
    `--patch=${JSON.stringify(patch)}`,
  ]);
  await start('s1', '--shards=3');
  for (const shard of [0, 1, 2]) await untilLed(world, (name) => name === 's1', shard);
  for (const name of ['s2', 's3']) await start(name, '--shards=3');
  for (const name of ['s2', 's3']) await untilWarm(world, name);
  await replica('s1').stop();
  for (const shard of [0, 1, 2]) await untilLed(world, (name) => name === 's2' || name === 's3', shard);
  const leaders = new Set(await Promise.all([0, 1, 2].map((shard) => leaderOf(world, shard))));
  expect([...leaders].sort()).toEqual(['s2', 's3']);

  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  const groups = await Promise.all(
    names.map((name) => world.makeTargetGroup({ name, deregistrationDelaySeconds: 1 })),
  );
  const apps = groups.map(({ name, arn }) => ({ name, targetGroupArn: arn, replicas: 1, preStopSeconds: 0 }));
  await world.apply(apps.flatMap(manifests));
  for (const { name, arn } of groups) await untilServing(world, { name, arn, replicas: 1 });
  for (const { name } of groups) {
    const callers = new Set(elbCalls(world, { targetGroup: name }).map(({ identity }) => identity));
    callers.delete('sandbox');
    expect(callers.size).toBe(1);
  }

  await replica('s2').stop();
  for (const shard of [0, 1, 2]) await untilLed(world, (name) => name === 's3', shard);
  for (const { name } of groups) {
    await world.kubectl(['delete', 'pods', '--all', `--namespace=${name}`, '--wait=false']);
  }
  for (const { name, arn } of groups) {
    await untilServing(world, { name, arn, replicas: 1 });
    expect(await targetsOf(world, arn, 'healthy')).toEqual(podTargets(await podsOf(world, name)));
  }
});

/** Who has called in the last so many milliseconds. */
async function callersOfLast(ms: number): Promise<readonly string[]> {
  await sleep(ms);
  return callersBetween(Date.now() - ms, Infinity);
}
