import { spreadOf } from '../measure/spread.ts';
import type { PodTimeline } from '../measure/pod-timeline.ts';
import type { TrafficTotals } from '../traffic/index.ts';
import type { Trial } from './trial.ts';

/** What became of one margin. */
export interface Outcome {
  readonly balancer: Trial['type']['name'];
  /** The preStop sleep. */
  readonly marginSeconds: number;
  /** The median of what it came to, from the DeregisterTargets call to SIGTERM. */
  readonly measuredSeconds: number;
  readonly podsEnded: number;
  readonly requests: number;
  readonly failed: number;
  readonly failedPerPod: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Sums up: `ended` are the pods that were deleted under this traffic. Throws where none was deregistered. */
export function outcomeOf(
  { type, marginSeconds }: Pick<Trial, 'type' | 'marginSeconds'>,
  ended: readonly PodTimeline[],
  { requests, failed, byStatus }: TrafficTotals,
): Outcome {
  const measured = spreadOf(
    ended.flatMap(({ at: { deregistered, sigterm } }) =>
      deregistered === undefined || sigterm === undefined ? [] : [sigterm - deregistered],
    ),
  );
  if (measured?.count !== ended.length) throw new Error('a pod was never deregistered, or never got SIGTERM');
  return {
    balancer: type.name,
    marginSeconds,
    measuredSeconds: measured.p50 / 1000,
    podsEnded: ended.length,
    requests,
    failed,
    failedPerPod: failed / ended.length,
    byStatus,
  };
}
