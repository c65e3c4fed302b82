import { slackSeconds } from '@targetgate/shared/termination';
import type { End, UnsafeCause } from './end.ts';
import { timeToSigterm, waitOf, type Moments } from './moments.ts';
import { after } from './span.ts';

/**
 * Why a pod ended too early; the first row that fits. What the pod's own spec would have spoilt is blamed on nobody
 * else, and a sleep has to leave DeregisterTargets its slack.
 *
 * | its node | deleted | its sleep and grace last | it stopped            | DeregisterTargets came | cause           |
 * | -------- | ------- | ------------------------ | --------------------- | ---------------------- | --------------- |
 * | lost     |         |                          |                       |                        | node-lost       |
 * |          | no      |                          |                       |                        | killed          |
 * |          | yes     | less than the wait       |                       |                        | sleep-too-short |
 * |          | yes     | the wait, or longer      | before they were over |                        | killed          |
 * |          | yes     | the wait, or longer      | with them             | within the slack       | sleep-too-short |
 * |          | yes     | the wait, or longer      | with them             | late: so was the news  | syncer-late     |
 * |          | yes     | the wait, or longer      | with them             | late: ELB throttled,   | throttled       |
 * |          |         |                          |                       | or it waited in line   |                 |
 * |          | yes     | the wait, or longer      | with them             | late otherwise         | aws-slow        |
 */
export function causeOf(end: End, { stopped }: Moments, now: number): UnsafeCause {
  const { pod, deleted, nodeLostAt, need, seenAt, deregistered, trouble, inLineMs } = end;
  if (nodeLostAt !== undefined && nodeLostAt <= stopped.to) return 'node-lost';
  if (deleted === undefined) return 'killed';
  const bySpec = timeToSigterm(pod.end, pod.end.graceSeconds);
  if (bySpec.to < waitOf(need)) return 'sleep-too-short';
  if (stopped.to < after(deleted, bySpec).from) return 'killed';
  const tookMs = (deregistered?.to ?? now) - deleted.from;
  if (tookMs <= slackSeconds * 1_000) return 'sleep-too-short';
  if (seenAt - deleted.from > tookMs / 2) return 'syncer-late';
  return trouble === 'Throttled' || inLineMs > tookMs / 2 ? 'throttled' : 'aws-slow';
}
