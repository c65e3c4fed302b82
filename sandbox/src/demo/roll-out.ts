import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world/index.ts';
import { objectName } from './app.ts';
import { untilSettled, type DeployedApp } from './deploy.ts';
import { elbCallsOf } from '../measure/elb-calls.ts';
import { failuresOf } from './measure/failures.ts';
import { latenciesOf } from '../measure/latencies.ts';
import type { PodTimeline } from '../measure/pod-timeline.ts';
import { meterPrograms } from '../measure/program-meter.ts';
import { requestRate } from './measure/request-rate.ts';
import { isOld, type Rollout } from './measure/rollout.ts';
import { settings } from './settings.ts';

/** Changes the Deployment under traffic, as `kubectl rollout restart` does, and measures what comes of it. */
export async function rollOut(
  world: World,
  app: DeployedApp,
  onStart: (at: number) => void,
): Promise<Rollout> {
  const { name, labelled, group, timelines } = app;
  const running = await world.startTraffic({
    name,
    url: group.url,
    rate: settings.requestsPerSecond,
    connections: settings.connections,
    slowShare: settings.slowShare,
  });
  const trafficAt = Date.now();
  const meter = await meterPrograms(
    [...world.programs('webhook'), ...world.programs('syncer')],
    world.broken,
  );
  await pause(world, settings.leadSeconds);

  const startedAt = Date.now();
  onStart(startedAt);
  await restart(world, name, startedAt);
  const rolloutTimeout = '--timeout=120s';
  await world.kubectl([
    'rollout',
    'status',
    `deployment/${objectName}`,
    `--namespace=${name}`,
    rolloutTimeout,
  ]);
  const completeAt = Date.now();

  const old = (): PodTimeline[] => timelines.pods().filter((pod) => isOld(pod, { startedAt }));
  await untilSettled(world, timelines, name, () => {
    const left = old().filter(({ at }) => at.gone === undefined || at.drained === undefined);
    return left.length === 0 ? undefined : `${left.length} old pods are left, or their targets drain`;
  });
  const oldGoneAt = Math.max(...old().map(({ at }) => at.gone ?? 0));
  await pause(world, settings.tailSeconds);
  const traffic = await running.stop();
  const endedAt = Date.now();

  return {
    name,
    labelled,
    trafficAt,
    startedAt,
    completeAt,
    oldGoneAt,
    endedAt,
    traffic,
    failures: failuresOf(world.journal, name, timelines.pods()),
    rate: requestRate(world.journal, name, 2),
    pods: timelines.pods(),
    latencies: latenciesOf(timelines.pods(), startedAt),
    elbCalls: elbCallsOf(world.journal, name, { from: startedAt, to: endedAt }),
    programs: await meter.stop(),
  };
}

/** What kubectl's own `rollout restart` patches; made here so that its start-up counts for nothing. */
async function restart({ kube }: World, namespace: string, at: number): Promise<void> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date(at).toISOString() };
  await kube.request({
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${objectName}`,
    patch: 'strategic',
    body: { spec: { template: { metadata: { annotations } } } },
  });
}

const pause = (world: World, seconds: number): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal: world.broken });
