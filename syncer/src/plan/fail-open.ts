import { conditionOf, type Pod } from '@targetgate/shared/model';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { healthOf } from './health.ts';
import type { LastingTrouble, PlanInput, Trouble } from './input.ts';

/** The troubles in which AWS says nothing of a target: it is not to be reached, or it does not let us ask. */
const silences: ReadonlySet<string> = new Set(['Unreachable', 'Throttled', 'AccessDenied', 'AwsError']);

/** True where the trouble keeps AWS from saying anything. Mistakes in a binding are no such trouble. */
export const isSilence = ({ reason }: Trouble): boolean => silences.has(reason);

/**
 * The silence in which a pod waits; undefined where AWS answers. A registered target waits for looks only, whatever else
 * is in the binding's way: that the group takes no more targets says nothing of those that it has.
 */
function silenceFor(
  entry: LedgerEntry | undefined,
  { observation, trouble, troubleSince, lookTrouble, now }: PlanInput,
): LastingTrouble | undefined {
  const isRegistered = entry?.registeredAt !== undefined && healthOf(entry, observation).known !== 'absent';
  const found = isRegistered ? lookTrouble : trouble && { ...trouble, since: troubleSince ?? now };
  return found && isSilence(found) ? found : undefined;
}

/**
 * When AWS will have left a pod without an answer for too long (epoch ms): counted from when its containers were ready,
 * from the last answer about its own registration (`entry`), and from the first call that failed, whichever was last:
 * nobody was left without an answer who did not ask. Undefined: never, as AWS answers, or as it is so chosen.
 */
export function failOpenAt(pod: Pod, entry: LedgerEntry | undefined, input: PlanInput): number | undefined {
  const { observation, policy } = input;
  const silence = silenceFor(entry, input);
  const ready = conditionOf(pod, 'ContainersReady');
  if (silence === undefined || policy.failOpenAfterMs === undefined) return undefined;
  if (ready?.status !== 'True' || ready.changedAt === undefined) return undefined;
  const isAnswered = entry !== undefined && healthOf(entry, observation).known === 'health';
  const answeredAt = isAnswered ? (observation?.askedAt ?? 0) : 0;
  return Math.max(ready.changedAt, answeredAt, silence.since) + policy.failOpenAfterMs;
}

/** The reason with which the gate of a pod opens that AWS has left without an answer; undefined where it waits. */
export function failOpen(pod: Pod, entry: LedgerEntry | undefined, input: PlanInput): Trouble | undefined {
  const silence = silenceFor(entry, input);
  const at = failOpenAt(pod, entry, input);
  if (silence === undefined || at === undefined || input.now < at) return undefined;
  return {
    reason: `FailOpen${silence.reason}`,
    message: `opened without an answer of AWS: ${silence.message}`,
  };
}
