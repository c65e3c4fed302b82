/**
 * Why a request failed, from what the load balancer said and what its target was doing. The first line that is so:
 *
 *     no target     the load balancer had none to send to
 *     drain over    the load balancer broke it off, because the target's deregistration delay was over
 *     pod ended     its pod had got SIGTERM before it was sent
 *     pod ending    its pod got SIGTERM while it was in flight
 *     not healthy   its target had not been found healthy when it was sent: the load balancer failed open
 *     other         none of these
 */
import type { FailedRequest } from '../../traffic/index.ts';
import type { WorldEvent } from '../../world/index.ts';
import { ipOf, type PodTimeline } from '../../measure/pod-timeline.ts';

/** In the order in which they are told. */
export const failureCauses = [
  'pod ended',
  'pod ending',
  'no target',
  'not healthy',
  'drain over',
  'other',
] as const;

export type FailureCause = (typeof failureCauses)[number];

/** A failed request. */
export interface Failure {
  /** When it failed, in epoch milliseconds. */
  readonly at: number;
  readonly cause: FailureCause;
  /** The uid of the pod that it was sent to. */
  readonly pod?: string;
}

/** The failed requests of a traffic process, in order of time. */
export function failuresOf(
  events: readonly WorldEvent[],
  traffic: string,
  pods: readonly PodTimeline[],
): Failure[] {
  const byIp = new Map(pods.map((pod) => [pod.ip, pod]));
  return events.flatMap((event) => {
    if (event.kind !== 'failed-request' || event.traffic !== traffic) return [];
    const pod = event.target === undefined ? undefined : byIp.get(ipOf(event.target));
    return [{ at: event.at, cause: causeOfFailure(event, pod), ...(pod && { pod: pod.uid }) }];
  });
}

/** How many failed for each cause; causes that did not occur are left out. */
export function countsOf(failures: readonly Failure[]): Partial<Record<FailureCause, number>> {
  const counts: Partial<Record<FailureCause, number>> = {};
  for (const cause of failureCauses) {
    const count = failures.filter((failure) => failure.cause === cause).length;
    if (count > 0) counts[cause] = count;
  }
  return counts;
}

function causeOfFailure(
  { at, ms, failure }: Pick<FailedRequest, 'at' | 'ms' | 'failure'>,
  pod: PodTimeline | undefined,
): FailureCause {
  const sent = at - ms;
  const { sigterm = Infinity, healthy = Infinity } = pod?.at ?? {};
  if (failure === 'no-targets') return 'no target';
  if (failure === 'drain-over') return 'drain over';
  if (sigterm <= sent) return 'pod ended';
  if (sigterm <= at) return 'pod ending';
  return pod && healthy > sent ? 'not healthy' : 'other';
}
