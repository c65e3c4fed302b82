import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lbcGroup } from '@targetgate/shared/names';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, namespace, service, type AppOptions } from './app.ts';
import { untilBindingSays } from './bindings.ts';
import { podsOf, untilServing } from './cluster.ts';
import { syncerMetric, syncerPage, untilSyncerMetric } from './programs.ts';

/** The groups drain for 2 s, and their load balancers send for 2 s: with the slack, a pod needs 7 s of sleep. */
const enough = 8;

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

/** Deploys an app whose pods sleep for so long before SIGTERM, and waits until it serves. */
async function deploy(name: string, preStopSeconds: number): Promise<void> {
  const { arn } = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 2 });
  const app: AppOptions = { name, targetGroupArn: arn, preStopSeconds };
  const margin = { [`${lbcGroup}/routing-margin`]: '2s' };
  await world.apply([namespace(app), service(app), binding(app, {}, margin), deployment(app)]);
  await untilServing(world, { name, arn, replicas: 2 });
}

/** Deletes one of an app's pods, and gives its name. */
async function deletePod(name: string, ...flags: readonly string[]): Promise<string> {
  const [pod] = await podsOf(world, name);
  const podName = pod?.metadata.name ?? '';
  await world.kubectl(['delete', `pod/${podName}`, `--namespace=${name}`, '--wait=false', ...flags]);
  return podName;
}

const terminations = (name: string, outcome: string, cause: string): string =>
  `terminations_total{namespace="${name}",outcome="${outcome}",cause="${cause}"}`;

/** Waits until an event on an app's ReplicaSet says that its pods end too early, in these words. */
const untilTold = (name: string, words: string): Promise<void> =>
  world.until('an event says so', async () => {
    const events = await world.kubectl(['get', 'events', `--namespace=${name}`]);
    const isThere = new RegExp(`Warning +TerminatedTooEarly +replicaset/${name}-.*${words}`).test(events);
    return isThere ? { done: undefined } : { still: events };
  });

describe('the end of a pod', () => {
  it('that sleeps long enough is safe, and shows while it is under way', async () => {
    await deploy('safe', enough);
    await untilBindingSays(world, 'safe', { type: 'TerminationsOutlastDrain', reason: 'AllOutlast' });
    const name = await deletePod('safe');
    await world.until('the status page shows it', async () => {
      const page = await syncerPage(world, '/');
      const isThere = new RegExp(`${name} ends<br><small>deregistered .*SIGTERM in`).test(page);
      return isThere ? { done: undefined } : { still: page };
    });
    await untilSyncerMetric(world, terminations('safe', 'safe', 'none'), 1);
    expect(await syncerMetric(world, 'termination_margin_seconds_bucket{le="0"}')).toBe(0);
  });

  it('that does not sleep is unsafe, and an event on its owner says how long it should', async () => {
    await deploy('short', 0);
    await untilBindingSays(world, 'short', {
      type: 'TerminationsOutlastDrain',
      reason: 'SleepTooShort',
      words: '2 of 2 pods get SIGTERM before target group short has drained (2 s)',
    });
    await deletePod('short');
    await untilSyncerMetric(world, terminations('short', 'unsafe', 'sleep-too-short'), 1);
    await untilTold('short', 'set preStop.sleep.seconds to 7');
  });

  it.each(['--grace-period=1', '--force'])('that kubectl delete %s cuts short is unsafe', async (flag) => {
    const name = flag === '--force' ? 'forced' : 'hurried';
    await deploy(name, enough);
    await deletePod(name, flag);
    await untilSyncerMetric(world, terminations(name, 'unsafe', 'killed'), 1);
    await untilTold(name, 'containers ended before their preStop hook was over');
  });
});
