import { graceOf, isTrue } from '@targetgate/shared/model';
import { targetKey } from '../ledger/ledger.ts';
import { deletionOf, unseen, type Followed } from './followed.ts';
import { timeToSigterm } from './moments.ts';
import type { RoundSight } from './sight.ts';
import { inOurTime } from './skew.ts';
import { after } from './span.ts';

/**
 * Ends that a program before this one has begun to follow: it has deregistered the target, which drains or has left, and
 * the ledger says nothing of it any more.
 *
 * | its SIGTERM     | deregistered                             | counted                                              |
 * | --------------- | ---------------------------------------- | ---------------------------------------------------- |
 * | since the start | between the pod's deletion and the start | by what is known                                     |
 * | before it       | some time before the start               | as unknown: perhaps a second time, rather than never |
 *
 * Of a pod that is gone from the API nothing is left to count.
 */
export function inheritedEnds(
  { input, skewMs }: Pick<RoundSight, 'input' | 'skewMs'>,
  startedAt: number,
): readonly Followed[] {
  const { resolution, observation, gate, now } = input;
  return (resolution.candidates ?? []).flatMap(({ subject, pod: found, target }) => {
    // An open gate says that the target was this binding's.
    if (found === undefined || target === undefined || !isTrue(found, gate)) return [];
    const { state = 'absent' } = observation?.targets.get(targetKey(target)) ?? {};
    if (state !== 'draining' && state !== 'absent') return [];
    const pod = inOurTime(found, skewMs);
    const deleted = deletionOf(pod, undefined, now);
    if (deleted === undefined) return [];
    const graceSeconds = graceOf(pod);
    const isPast = after(deleted, timeToSigterm(pod.end, graceSeconds)).to < startedAt;
    const from = isPast ? 0 : deleted.from;
    const deregistered = { from, to: Math.max(from, startedAt) };
    const end = { seenAt: now, deleted, graceSeconds, cutShortAt: undefined };
    return [{ ...unseen(subject), pod, wasInService: true, deregistered, end }];
  });
}
