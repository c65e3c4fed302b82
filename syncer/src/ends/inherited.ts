import { isTrue } from '@targetgate/shared/model';
import { targetKey } from '../ledger/ledger.ts';
import type { PlanInput } from '../plan/index.ts';
import { deletionOf, unseen, type Followed } from './followed.ts';
import { timeToSigterm } from './moments.ts';
import { after } from './span.ts';

/**
 * Ends that a program before this one has begun to follow: it has deregistered the target, and the ledger says nothing
 * of it any more. That was between the pod's deletion and the start of this program. Those whose SIGTERM fell before
 * that start were judged then.
 */
export function inheritedEnds(
  { resolution, observation, gate, now }: Pick<PlanInput, 'resolution' | 'observation' | 'gate' | 'now'>,
  startedAt: number,
): readonly Followed[] {
  return (resolution.candidates ?? []).flatMap(({ subject, pod, target }) => {
    // An open gate says that the target was this binding's.
    if (pod === undefined || target === undefined || !isTrue(pod, gate)) return [];
    if (observation?.targets.get(targetKey(target))?.state !== 'draining') return [];
    const deleted = deletionOf(pod, undefined, now);
    if (deleted === undefined) return [];
    const graceSeconds = pod.deletionGraceSeconds ?? pod.end.graceSeconds;
    if (after(deleted, timeToSigterm(pod.end, graceSeconds)).to < startedAt) return [];
    const deregistered = { from: deleted.from, to: Math.max(deleted.from, startedAt) };
    const end = { seenAt: now, deleted, graceSeconds, cutShortAt: undefined };
    return [{ ...unseen(subject), pod, wasInService: true, deregistered, end }];
  });
}
