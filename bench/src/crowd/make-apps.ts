import { isConflict } from '@targetgate/shared/kube';
import { nodeIdentity, registerNode } from '@targetgate/sandbox/nodes';
import type { MadeTargetGroup, World } from '@targetgate/sandbox/world';
import { create } from './create.ts';
import { each } from './each.ts';
import { appObjects, namespaceObject } from './objects.ts';
import type { PlannedGroup } from './plan.ts';

/** Requests at a time: as many as keep an API server of two cores busy. */
export const requestsAtOnce = 24;

/** Makes each app's target group, service and binding, and their namespaces; gives the groups by name. */
export async function makeApps(
  world: World,
  apps: readonly PlannedGroup[],
  healthCheckIntervalSeconds: number,
): Promise<Map<string, MadeTargetGroup>> {
  const { kube, broken: signal } = world;
  const many = { atOnce: requestsAtOnce, signal };
  const namespaces = [...new Set(apps.map(({ namespace }) => namespace))];
  await each(namespaces, many, (name) => unlessThere(create(kube, namespaceObject(name))));
  for (const namespace of namespaces) await untilPodsMayBeMade(world, namespace);
  const groups = new Map<string, MadeTargetGroup>();
  for (const { name } of apps)
    groups.set(name, await world.makeTargetGroup({ name, healthCheckIntervalSeconds }));
  await each(apps, many, async (app) => {
    for (const object of appObjects(app, groups.get(app.name)?.arn ?? '')) await create(kube, object);
  });
  return groups;
}

/** Registers nodes that nobody runs: pods of a node that does not exist are deleted after 40 s. */
export const makeNodes = ({ kube, broken: signal }: World, names: readonly string[]): Promise<void> =>
  each(names, { atOnce: requestsAtOnce, signal }, (name) =>
    registerNode(kube, nodeIdentity(name, '127.0.0.1'), signal),
  );

/** A namespace that some of its apps were made in before stays as it is. */
async function unlessThere(making: Promise<unknown>): Promise<void> {
  try {
    await making;
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/** The API server admits no pod into a namespace without its default ServiceAccount. */
const untilPodsMayBeMade = (world: World, namespace: string): Promise<void> =>
  world.until(`${namespace} has its ServiceAccount`, async () => {
    await world.kube.request({
      method: 'GET',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/default`,
    });
    return { done: undefined };
  });
