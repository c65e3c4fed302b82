import { slackSeconds } from '@targetgate/shared/termination';
import type { UnsafeCause } from './end.ts';

/** What an event is about. All of it is the same for all pods of an owner, so that it is said once. */
export interface EndedPods {
  readonly binding: string;
  readonly groupName: string;
  /** The label of a namespace that asks for sleeps to be injected. */
  readonly terminationLabel: string;
  /** How long they should have slept. */
  readonly seconds: number;
}

/** What happened to pods that ended too early, and what to change. */
export function adviceOf(
  cause: UnsafeCause,
  { binding, groupName, terminationLabel, seconds }: EndedPods,
): string {
  const group = `target group ${groupName} (TargetGroupBinding ${binding})`;
  const tooEarly = `pods end before ${group} has stopped sending to them`;
  switch (cause) {
    case 'sleep-too-short':
      return `${tooEarly}: set preStop.sleep.seconds to ${seconds} and a longer terminationGracePeriodSeconds, or label the namespace ${terminationLabel}=enabled, and restart them`;
    case 'aws-slow':
      return `${tooEarly}: ELB took longer than ${slackSeconds} s to take a deregistration; see targetgate_syncer_aws_call_seconds and the syncer's log for why`;
    case 'throttled':
      return `${tooEarly}: AWS took too few calls: DeregisterTargets was throttled, or waited for its turn, for more than ${slackSeconds} s; find out who else calls ELB in this account and region, or have the quota raised`;
    case 'killed':
      return `${tooEarly}: containers ended before their preStop hook was over; delete pods without --force, --now and --grace-period, and look for containers that exit or run out of memory`;
    case 'node-lost':
      return `${tooEarly}: their node was lost; drain nodes before they go`;
    case 'syncer-late':
      return `${tooEarly}: the syncer did not run, or did not reach the API server, when they were deleted; see its restarts and its log`;
  }
}
