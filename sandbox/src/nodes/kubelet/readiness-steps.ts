import type { PodPhase } from '../event.ts';
import type { PodStatus } from './pod-status.ts';

const steps = [
  ['ContainersReady', 'containers-ready', 'containers-not-ready'],
  ['Ready', 'ready', 'not-ready'],
] as const;

/** The steps of readiness between two statuses of a pod. A pod begins as not ready. */
export function readinessSteps(before: PodStatus | undefined, after: PodStatus): PodPhase[] {
  return steps.flatMap(([type, up, down]) => {
    const is = isTrue(after, type);
    return is === isTrue(before, type) ? [] : [is ? up : down];
  });
}

const isTrue = (status: PodStatus | undefined, type: string): boolean =>
  status?.conditions.some((condition) => condition.type === type && condition.status === 'True') ?? false;
