import { deletedAtOf, graceOf, stays, type Pod } from '@targetgate/shared/model';
import type { Subject } from '@targetgate/shared/resolve';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { End } from './end.ts';
import { exactly, withinSecondOf, type Span } from './span.ts';

/** A pod that has a target of ours, or had one until a short while ago. */
export interface Followed extends Pick<
  End,
  'wasInService' | 'deregistered' | 'trouble' | 'inLineMs' | 'nodeLostAt' | 'goneAt'
> {
  readonly subject: Subject;
  /** As it was seen last; undefined where it was gone before this program could see it. */
  readonly pod: Pod | undefined;
  /** Undefined while the pod stays. */
  readonly end: Beginning | undefined;
  readonly isJudged: boolean;
}

/** What is known of an end from its beginning on. */
export type Beginning = Pick<End, 'seenAt' | 'deleted' | 'graceSeconds' | 'cutShortAt'>;

/** What keeps DeregisterTargets from its work now, for whichever pods. */
export interface Hindrance {
  /** What its last call ran into, in one word. */
  readonly trouble: string | undefined;
  /** Since when its next call waits for its turn (epoch ms). */
  readonly waitingSince: number | undefined;
}

/** What there is to see of such a pod now. */
export interface Sight extends Hindrance {
  /** Undefined where the cache has no such pod. Its times are by this program's clock. */
  readonly pod: Pod | undefined;
  /** Whether it is known to be gone: a list may come back short. */
  readonly isGone: boolean;
  readonly entry: LedgerEntry | undefined;
  readonly isInService: boolean;
  readonly isNodeLost: boolean;
  /** Epoch milliseconds. */
  readonly deregisteredAt: number | undefined;
  readonly now: number;
}

/** Before anything was seen of it. */
export const unseen = (subject: Subject): Followed => ({
  subject,
  pod: undefined,
  wasInService: false,
  deregistered: undefined,
  trouble: undefined,
  inLineMs: 0,
  nodeLostAt: undefined,
  goneAt: undefined,
  end: undefined,
  isJudged: false,
});

/** What is known of a pod when it has been looked at once more. */
export function lookAgain(before: Followed, sight: Sight): Followed {
  const { pod = before.pod, isGone, now } = sight;
  const deregistered = deregistration(before, sight);
  const end = before.end ? cutShort(before.end, sight) : beginning(before, sight);
  return {
    ...before,
    pod,
    // What ELB says after a deregistration is not about the pod's time in service.
    wasInService: before.wasInService || (deregistered === undefined && sight.isInService),
    deregistered,
    nodeLostAt: sight.isNodeLost ? (before.nodeLostAt ?? now) : undefined,
    goneAt: isGone ? (before.goneAt ?? now) : undefined,
    end,
    ...(end && deregistered === undefined && hindered(before, end, sight)),
  };
}

/** What has held its deregistration up. What held up those of others, before its end began, is no part of that. */
function hindered(
  before: Followed,
  { seenAt }: Beginning,
  { trouble = before.trouble, waitingSince, now }: Sight,
): Pick<Followed, 'trouble' | 'inLineMs'> {
  const inLineMs = waitingSince === undefined ? 0 : now - Math.max(waitingSince, seenAt);
  return { trouble, inLineMs: Math.max(before.inLineMs, inLineMs) };
}

/** A target that was registered again has not left. */
function deregistration({ deregistered }: Followed, { entry, deregisteredAt }: Sight): Span | undefined {
  const known = deregistered ?? (deregisteredAt === undefined ? undefined : exactly(deregisteredAt));
  return known && entry?.registeredAt !== undefined && entry.registeredAt > known.to ? undefined : known;
}

/**
 * A second deletion may leave a pod less. The last one is the kubelet's own, with no grace period, when all containers
 * have ended: it tells nothing of when they did.
 */
function cutShort(end: Beginning, { pod, now }: Sight): Beginning {
  const graceSeconds = pod?.deletionGraceSeconds;
  if (graceSeconds === undefined || pod?.finished || graceSeconds >= end.graceSeconds) return end;
  return { ...end, graceSeconds, cutShortAt: now };
}

function beginning(before: Followed, { pod, isGone, now }: Sight): Beginning | undefined {
  const known = pod ?? before.pod;
  if (known === undefined || (stays(known) && !isGone)) return undefined;
  return {
    seenAt: now,
    deleted: deletionOf(known, before.pod, now),
    graceSeconds: graceOf(known),
    cutShortAt: undefined,
  };
}

/** A watch shows a deletion within this time, in milliseconds, unless it was interrupted. */
const promptMs = 5_000;

/**
 * When a pod was deleted. The API server says it in whole seconds: the moment that this program saw it is better, where
 * it saw it come.
 *
 * | the pod was seen before, and stayed | the API's time is | its grace period | deleted                    |
 * | ----------------------------------- | ----------------- | ---------------- | -------------------------- |
 * | yes                                 | just now          |                  | now                        |
 * | yes                                 | some time ago     | counts from then | then: the watch was broken |
 * | no                                  |                   | counts from then | then                       |
 * | otherwise                           |                   | is none          | some time before that      |
 */
export function deletionOf(pod: Pod, before: Pod | undefined, now: number): Span | undefined {
  const deletedAt = deletedAtOf(pod);
  if (deletedAt === undefined) return undefined;
  const said = withinSecondOf(deletedAt);
  const isPrompt = before !== undefined && before.deletesAt === undefined && now - said.to <= promptMs;
  if (isPrompt) return exactly(now);
  // Nothing is left of the first deletion where it was followed by one without a grace period.
  return graceOf(pod) === 0 ? { from: 0, to: said.to } : said;
}
