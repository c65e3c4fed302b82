import type { CrowdPod } from '../crowd/start-crowd.ts';
import type { ElbCall } from '../elb-calls.ts';

/**
 * For each pod, from its ContainersReady to the arrival of the first RegisterTargets call that ELB took with its
 * address, in milliseconds.
 *
 * @throws Error where a pod was never registered.
 */
export function registrationDelays(
  calls: readonly ElbCall[],
  pods: readonly Pick<CrowdPod, 'uid' | 'name' | 'address'>[],
  readyAt: ReadonlyMap<string, number>,
): number[] {
  const registeredAt = new Map<string, number>();
  for (const { operation, result, targets, at } of calls) {
    if (operation !== 'RegisterTargets' || result !== 'ok') continue;
    for (const target of targets) {
      const address = target.slice(0, target.lastIndexOf(':'));
      if (!registeredAt.has(address)) registeredAt.set(address, at);
    }
  }
  return pods.map(({ uid, name, address }) => {
    const [ready, registered] = [readyAt.get(uid), registeredAt.get(address)];
    if (ready === undefined || registered === undefined) throw new Error(`${name} was never registered`);
    return registered - ready;
  });
}
