import { followPods, type PodTimelines } from '@targetgate/sandbox/measure';
import type { MadeTargetGroup, World } from '@targetgate/sandbox/world';
import { untilKnown } from '../crowd/until-known.ts';
import type { Follow } from '../in-world.ts';
import { appName, deployment, replicas, surroundings, type PodEnds } from './app.ts';

/** An app that serves behind a load balancer. */
export interface Deployed {
  readonly group: MadeTargetGroup;
  readonly timelines: PodTimelines;
}

/** Deploys the app, and waits until all its gates are open. */
export async function deploy(world: World, follow: Follow, ends: PodEnds): Promise<Deployed> {
  const timelines = followPods({ namespace: appName, targetGroup: appName });
  follow((event) => timelines.see(event));
  const group = await world.makeTargetGroup({ name: appName });
  await world.apply(surroundings(group, ends));
  // The ends of pods are derived from the group's delay.
  await untilKnown(world, [{ name: appName, namespace: appName }]);
  await world.apply([deployment(ends)]);
  await untilServing(world, timelines);
  return { group, timelines };
}

/** Waits until there are as many pods with open gates as there should be, and `more` has nothing to say. */
export const untilServing = (
  world: World,
  timelines: PodTimelines,
  more: () => string | undefined = () => undefined,
): Promise<void> =>
  world.until(
    `${replicas} pods serve`,
    () => {
      const serving = timelines
        .pods()
        .filter(({ at }) => at.gateOpen !== undefined && at.deleted === undefined);
      const still = serving.length === replicas ? more() : `${serving.length} pods serve`;
      return Promise.resolve(still === undefined ? { done: undefined } : { still });
    },
    { timeoutMs: 150_000 },
  );
