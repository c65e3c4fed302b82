import type { TrafficTotals } from '../../traffic/index.ts';
import type { Failure } from './failures.ts';
import type { Latencies } from '../../measure/latencies.ts';
import type { PodTimeline } from '../../measure/pod-timeline.ts';
import type { ProgramCost } from '../../measure/program-meter.ts';
import type { Bucket } from './request-rate.ts';

/** All that was measured of one rollout; all times in epoch milliseconds. What report/demo.json holds. */
export interface Rollout {
  readonly name: string;
  readonly labelled: boolean;
  /** Traffic flowed from here on. */
  readonly trafficAt: number;
  /** The Deployment was changed. */
  readonly startedAt: number;
  /** `kubectl rollout status` was content. */
  readonly completeAt: number;
  /** The last pod of the old version was gone. */
  readonly oldGoneAt: number;
  readonly endedAt: number;
  readonly traffic: TrafficTotals;
  readonly failures: readonly Failure[];
  readonly rate: readonly Bucket[];
  readonly pods: readonly PodTimeline[];
  readonly latencies: Latencies;
  /** From the change to the end, by operation. */
  readonly elbCalls: Readonly<Record<string, number>>;
  readonly programs: readonly ProgramCost[];
}

/** A pod that was there before the change. */
export const isOld = (pod: PodTimeline, { startedAt }: Pick<Rollout, 'startedAt'>): boolean =>
  (pod.at.created ?? Infinity) < startedAt;
