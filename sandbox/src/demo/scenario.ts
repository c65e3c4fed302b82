import { setTimeout as sleep } from 'node:timers/promises';
import type { MadeTargetGroup, World, WorldEvent } from '../world/index.ts';
import { manifestsOf, objectName, type App } from './app.ts';
import { elbCallsOf } from './measure/elb-calls.ts';
import { latenciesOf } from './measure/latencies.ts';
import { followPods, type PodTimeline, type PodTimelines } from './measure/pod-timeline.ts';
import { meterPrograms } from './measure/program-meter.ts';
import { requestRate } from './measure/request-rate.ts';
import { isOld, type Rollout } from './measure/rollout.ts';
import { settings } from './settings.ts';

/** An app that runs behind a load balancer. */
export interface DeployedApp extends App {
  readonly group: MadeTargetGroup;
  /** Its pods so far, for looking at while they are rolled out. */
  readonly timelines: PodTimelines;
}

/** Deploys an app, and waits until all its targets are healthy. */
export async function deploy(
  world: World,
  app: App,
  follow: (see: (event: WorldEvent) => void) => void,
): Promise<DeployedApp> {
  const { name } = app;
  const timelines = followPods({ namespace: name, targetGroup: name });
  follow((event) => timelines.see(event));
  const group = await world.makeTargetGroup({
    name,
    healthCheckIntervalSeconds: settings.healthCheckSeconds,
    deregistrationDelaySeconds: settings.deregistrationDelaySeconds,
  });
  await world.apply(manifestsOf(app, group));
  await untilSettled(world, timelines, name);
  return { ...app, group, timelines };
}

/** Changes the Deployment under traffic, as `kubectl rollout restart` does, and measures what comes of it. */
export async function rollOut(
  world: World,
  app: DeployedApp,
  onStart: (at: number) => void,
): Promise<Rollout> {
  const { name, gated, group, timelines } = app;
  const running = world.startTraffic({
    name,
    url: group.url,
    rate: settings.requestsPerSecond,
    connections: settings.connections,
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
    const left = old().filter(({ at }) => at.gone === undefined);
    return left.length === 0 ? undefined : `${left.length} old pods are left`;
  });
  const oldGoneAt = Math.max(...old().map(({ at }) => at.gone ?? 0));
  await pause(world, settings.tailSeconds);
  const traffic = await running.stop();
  const endedAt = Date.now();

  return {
    name,
    gated,
    trafficAt,
    startedAt,
    completeAt,
    oldGoneAt,
    endedAt,
    traffic,
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

/** Waits until as many pods as wanted have healthy targets (and open gates), and `more` has nothing to say. */
async function untilSettled(
  world: World,
  timelines: PodTimelines,
  name: string,
  more: () => string | undefined = () => undefined,
): Promise<void> {
  await world.until(
    `${settings.replicas} pods of ${name} serve`,
    () => {
      const serving = timelines
        .pods()
        .filter(({ at }) => at.healthy !== undefined && at.deleted === undefined);
      const still = serving.length === settings.replicas ? more() : `${serving.length} pods serve`;
      return Promise.resolve(still === undefined ? { done: undefined } : { still });
    },
    { timeoutMs: 120_000 },
  );
}

const pause = (world: World, seconds: number): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal: world.broken });
