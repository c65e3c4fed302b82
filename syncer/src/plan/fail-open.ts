import { conditionOf, type Pod } from '@targetgate/shared/model';
import type { KnownHealth } from './health.ts';
import type { PlanInput, Trouble } from './input.ts';

/** The troubles in which AWS says nothing of a target: it is not to be reached, or it does not let us ask. */
const silences: ReadonlySet<string> = new Set(['Unreachable', 'Throttled', 'AccessDenied', 'AwsError']);

/** True where the trouble keeps AWS from saying anything. Mistakes in a binding are no such trouble. */
export const isSilence = (trouble: Trouble | undefined): trouble is Trouble =>
  trouble !== undefined && silences.has(trouble.reason);

/**
 * When AWS will have left a pod without an answer for too long (epoch ms): counted from when its containers were ready,
 * from the last answer about its own registration, and from the first call that failed, whichever was last: nobody was
 * left without an answer who did not ask. Undefined: never.
 */
export function failOpenAt(
  pod: Pod,
  known: KnownHealth,
  { observation, policy, troubleSince, now }: PlanInput,
): number | undefined {
  const ready = conditionOf(pod, 'ContainersReady');
  if (policy.failOpenAfterMs === undefined || ready?.status !== 'True' || ready.changedAt === undefined) {
    return undefined;
  }
  const answeredAt = known.known === 'health' ? (observation?.askedAt ?? 0) : 0;
  return Math.max(ready.changedAt, answeredAt, troubleSince ?? now) + policy.failOpenAfterMs;
}

/** The reason with which the gate of a pod opens that AWS has left without an answer; undefined where it waits. */
export function failOpen(pod: Pod, known: KnownHealth, input: PlanInput): Trouble | undefined {
  if (!isSilence(input.trouble)) return undefined;
  const at = failOpenAt(pod, known, input);
  if (at === undefined || input.now < at) return undefined;
  const { reason, message } = input.trouble;
  return { reason: `FailOpen${reason}`, message: `opened without an answer of AWS: ${message}` };
}
