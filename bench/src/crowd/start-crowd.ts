import { addressRange } from '@targetgate/sandbox/nodes';
import type { MadeTargetGroup, World } from '@targetgate/sandbox/world';
import { startAnsweringProcess } from './answering/process.ts';
import { makeApps, makeNodes } from './make-apps.ts';
import { appPort } from './objects.ts';
import { plannedGroups, plannedNodes, plannedPods, type CrowdSize, type PlannedPod } from './plan.ts';
import { reportReady } from './report-ready.ts';
import { createPodStore } from './store-pods.ts';
import { untilKnown } from './until-known.ts';

/** A pod of the crowd in the API. */
export interface CrowdPod extends PlannedPod {
  readonly uid: string;
}

/** Many pods without containers, whose target groups and bindings exist before them. */
export interface Crowd {
  /** By name. */
  readonly groups: ReadonlyMap<string, MadeTargetGroup>;
  /** Makes all pods; their containers are not ready. */
  createPods(): Promise<CrowdPod[]>;
  /** Reports all pods' containers ready. Gives when each was (epoch ms), by its uid. */
  reportReady(): Promise<ReadonlyMap<string, number>>;
  /** Ends what answers for the pods. */
  stop(): Promise<void>;
}

/** What a crowd is made of. */
export interface CrowdOptions extends CrowdSize {
  readonly healthCheckIntervalSeconds: number;
}

/** The addresses of a crowd begin here in the world's block of pods: those before are for pods that run. */
export const firstAddress = 4096;

/** Makes the apps around the pods, and waits until targetgate knows all target groups. */
export async function startCrowd(world: World, options: CrowdOptions): Promise<Crowd> {
  const { addresses } = world;
  const range = addressRange(addresses.pods);
  const apps = plannedGroups(options);
  const pods = plannedPods(options, (position) => range.at(firstAddress + position));
  const answering = await startAnsweringProcess({
    block: addresses.pods,
    first: firstAddress,
    count: pods.length,
    port: appPort,
  });
  try {
    await makeNodes(world, plannedNodes(options));
    const groups = await makeApps(world, apps, options.healthCheckIntervalSeconds);
    await untilKnown(world, apps);
    return {
      groups,
      createPods: () => createPodStore(world).store(pods, () => ({})),
      reportReady: () => reportReady(world, pods),
      stop: async () => {
        await answering.stop();
      },
    };
  } catch (error) {
    await answering.stop();
    throw error;
  }
}
