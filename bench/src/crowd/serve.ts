import { addressRange } from '@targetgate/sandbox/nodes';
import type { World } from '@targetgate/sandbox/world';
import { makeApps, makeNodes } from './make-apps.ts';
import { plannedGroups, plannedNodes, plannedPods, type CrowdSize, type PlannedGroup } from './plan.ts';
import { registerTargets } from './register-targets.ts';
import { firstAddress, type CrowdPod } from './start-crowd.ts';
import { servingStatus } from './statuses.ts';
import { createPodStore } from './store-pods.ts';

/** Apps whose pods have long been serving. */
export interface ServingApps {
  readonly apps: readonly PlannedGroup[];
  readonly pods: readonly CrowdPod[];
}

/**
 * Puts apps with serving pods into a cluster: those of a planned crowd that `isWanted` by their place in it. Their
 * targets are registered, their gates open; nobody listens on their addresses.
 */
export async function serve(
  world: World,
  size: CrowdSize,
  isWanted: (place: number) => boolean = () => true,
): Promise<ServingApps> {
  const range = addressRange(world.addresses.pods);
  const apps = plannedGroups(size).filter((_, place) => isWanted(place));
  const names = new Set(apps.map(({ name }) => name));
  const planned = plannedPods(size, (position) => range.at(firstAddress + position));
  const wanted = planned.filter(({ group }) => names.has(group));
  await makeNodes(world, plannedNodes(size));
  const groups = await makeApps(world, apps, healthCheckIntervalSeconds);
  await registerTargets(world, groups, wanted);
  const pods = await createPodStore(world).store(wanted, (pod) => servingStatus(pod, new Date()));
  return { apps, pods };
}

const healthCheckIntervalSeconds = 10;
