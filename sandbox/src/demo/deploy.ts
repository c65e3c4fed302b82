import type { MadeTargetGroup, World, WorldEvent } from '../world/index.ts';
import { deploymentOf, objectName, surroundingsOf, type App } from './app.ts';
import { followPods, type PodTimelines } from '../measure/pod-timeline.ts';
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
  const [shortestLag, longestLag] = settings.routingLagSeconds;
  const timelines = followPods({ namespace: name, targetGroup: name });
  follow((event) => timelines.see(event));
  const group = await world.makeTargetGroup({
    name,
    healthCheckIntervalSeconds: settings.healthCheckSeconds,
    deregistrationDelaySeconds: settings.deregistrationDelaySeconds,
    routingLagMs: [shortestLag * 1000, longestLag * 1000],
  });
  await world.apply(surroundingsOf(app, group));
  await untilDelayIsKnown(world, name);
  await world.apply([deploymentOf(app)]);
  await untilSettled(world, timelines, name);
  return { ...app, group, timelines };
}

/** Waits until the binding tells its target group's delay: the ends of the app's pods are derived from it. */
async function untilDelayIsKnown(world: World, namespace: string): Promise<void> {
  const path = `/apis/elbv2.k8s.aws/v1beta1/namespaces/${namespace}/targetgroupbindings/${objectName}`;
  await world.until(`the binding of ${namespace} knows its target group's delay`, async () => {
    const { status } = await world.kube.request<{
      status?: { targetGroup?: { deregistrationDelaySeconds?: number } };
    }>({ method: 'GET', path });
    const isKnown = status?.targetGroup?.deregistrationDelaySeconds !== undefined;
    return isKnown ? { done: undefined } : { still: JSON.stringify(status) };
  });
}

/** Waits until as many pods as wanted have healthy targets (and open gates), and `more` has nothing to say. */
export async function untilSettled(
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
