import { setTimeout as sleep } from 'node:timers/promises';
import { followPods, type PodTimeline } from '../measure/pod-timeline.ts';
import { startTraffic } from '../traffic/index.ts';
import type { World, WorldEvent } from '../world/index.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { settings } from './settings.ts';
import { manifestsOf, type Trial } from './trial.ts';

/** A trial whose pods all serve. */
export interface Ready {
  /** Deletes pods under traffic, wave after wave, until nothing is sent to any of them any more. */
  run(): Promise<Outcome>;
}

/** Deploys an app behind a load balancer of its own, and waits until all its targets are healthy. */
export async function prepare(
  world: World,
  trial: Trial,
  follow: (see: (event: WorldEvent) => void) => void,
): Promise<Ready> {
  const { name, type, marginSeconds } = trial;
  const [shortest, longest] = type.routingLagSeconds;
  const timelines = followPods({ namespace: name, targetGroup: name });
  follow((event) => timelines.see(event));
  const group = await world.makeTargetGroup({
    name,
    protocol: type.protocol,
    healthCheckIntervalSeconds: settings.healthCheckSeconds,
    deregistrationDelaySeconds: type.deregistrationDelaySeconds,
    routingLagMs: [shortest * 1000, longest * 1000],
  });
  await world.apply(manifestsOf(trial, group));

  /** The pods that serve, the oldest first; waits until there are as many as there should be. */
  const untilAllServe = (): Promise<PodTimeline[]> =>
    world.until(
      `${settings.replicas} pods of ${name} serve`,
      () => {
        const serving = timelines
          .pods()
          .filter(({ at }) => at.healthy !== undefined && at.deleted === undefined);
        const done = serving.length === settings.replicas;
        return Promise.resolve(done ? { done: serving } : { still: `${serving.length} pods serve` });
      },
      { timeoutMs: 120_000 },
    );
  const remove = (pod: PodTimeline): Promise<unknown> =>
    world.kube.request({ method: 'DELETE', path: `/api/v1/namespaces/${name}/pods/${pod.name}` });
  const pause = (seconds: number): Promise<void> =>
    sleep(seconds * 1000, undefined, { signal: world.broken });

  await untilAllServe();
  return {
    run: async () => {
      // In this process, not one of its own each: there are many, and each sends little.
      const traffic = startTraffic({
        url: group.url,
        rate: settings.requestsPerSecond,
        connections: type.connections,
        signal: world.broken,
      });
      try {
        for (let wave = 0; wave < settings.waves; wave++) {
          if (wave > 0) await pause(settings.waveSeconds);
          const oldest = (await untilAllServe()).slice(0, settings.podsPerWave);
          await Promise.all(oldest.map(remove));
        }
        await pause(Math.max(longest, marginSeconds) + 2);
        const totals = await traffic.stop();
        const ended = timelines.pods().filter(({ at }) => at.deleted !== undefined);
        return outcomeOf(trial, ended, totals);
      } finally {
        await traffic.stop();
      }
    },
  };
}
