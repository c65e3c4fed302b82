import type { PodEnd } from '@targetgate/shared/model';
import type { PatchOperation } from '../answer.ts';

/**
 * The JSON Patch from one end of a pod to another, of the same containers: the sleeps that are new, and the grace period
 * where it changes. A container's other hook, and all else that it has, stays.
 *
 * Both belong into one patch: the API server refuses a sleep that is longer than the grace period.
 *
 * @param hasLifecycle for each container, whether it has the field `lifecycle`.
 */
export function endPatch(
  before: PodEnd,
  after: PodEnd,
  hasLifecycle: readonly boolean[],
): readonly PatchOperation[] {
  const sleeps = after.containers.flatMap(({ preStop }, index): PatchOperation[] => {
    if (preStop.kind !== 'sleep' || before.containers[index]?.preStop.kind !== 'none') return [];
    const hook = { sleep: { seconds: preStop.seconds } };
    const path = `/spec/containers/${index}/lifecycle`;
    return hasLifecycle[index]
      ? [{ op: 'add', path: `${path}/preStop`, value: hook }]
      : [{ op: 'add', path, value: { preStop: hook } }];
  });
  if (after.graceSeconds === before.graceSeconds) return sleeps;
  return [...sleeps, { op: 'add', path: '/spec/terminationGracePeriodSeconds', value: after.graceSeconds }];
}
