import type { Names } from '@targetgate/shared/names';
import type { Clock } from '@targetgate/shared/runtime';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Sync } from '../../sync.ts';
import { allow, refuse, type AdmissionAnswer, type Refusal } from '../answer.ts';
import { subjectOf, type Admit, type Subject } from '../outcome.ts';
import { parseReview, type AdmissionRequest } from '../review.ts';
import { parseEviction } from './eviction-at-admission.ts';
import { createJudge, type EvictionRuling } from './ruling.ts';
import { standingOf, type LivePods } from './standing.ts';
import { overdueWarning, refusalMessage, unknownWarning } from './wording.ts';

/**
 * When a client should ask again. client-go obeys it ten times, in silence, before kubectl or a controller learns of the
 * refusal (k8s.io/client-go/rest/with_retry.go): short enough that a person reads why after 20 s.
 */
const retryAfterSeconds = 2;

/**
 * Admission of evictions: refused with 429, which asks to try again, while the pod's target group cannot do without it.
 * What cannot be known refuses nothing: a guard must not block drains.
 *
 * | request                           | the pod                                | answer                      |
 * | --------------------------------- | -------------------------------------- | --------------------------- |
 * | is not an eviction                |                                        | allowed                     |
 * | an eviction, caches are not there |                                        | none: failurePolicy decides |
 * | an eviction                       | does not exist                         | allowed                     |
 * | an eviction                       | cannot be read                         | allowed, with a warning     |
 * | an eviction                       | has no objection against it            | allowed                     |
 * | an eviction                       | has one, and was refused for too long  | allowed, with a warning     |
 * | an eviction                       | has one                                | 429                         |
 */
export function createEvictionAdmission(options: {
  names: Names;
  view: Pick<Snapshot, 'bindingsIn' | 'service'>;
  sync: Sync;
  live: LivePods;
  clock: Pick<Clock, 'now'>;
  /** For how long one pod may be refused, in milliseconds. */
  deadlineMs: number;
}): Admit {
  const { names, view, sync, live, clock, deadlineMs } = options;
  const judge = createJudge({ clock, deadlineMs });

  return async (body) => {
    const request = parseReview(body);
    if (!isEviction(request)) return { kind: 'unchanged', answer: allow(request) };
    const { metadata, dryRun } = parseEviction(request);
    const subject = subjectOf('pod', { ...request, dryRun }, metadata);
    if (!(await sync.soon())) return { kind: 'not_synced', subject };
    const standing = await standingOf(subject, { live, view, names });
    const ruling = judge(standing, { dryRun });
    return { kind: 'eviction', answer: answerOf(request, subject, ruling), ruling, subject };
  };
}

function answerOf(request: AdmissionRequest, { name }: Subject, ruling: EvictionRuling): AdmissionAnswer {
  switch (ruling.kind) {
    case 'allowed':
      return allow(request);
    case 'unknown':
      return allow(request, [], [unknownWarning(name)]);
    case 'overdue':
      return allow(request, [], [overdueWarning(name, ruling.objection, ruling.since)]);
    case 'refused':
      return refuse(request, tooMany(refusalMessage(name, ruling.objection, ruling.until)));
  }
}

/** The reason is what clients know a 429 by (apierrors.IsTooManyRequests); the API server makes a header of the details. */
const tooMany = (message: string): Refusal => ({
  code: 429,
  reason: 'TooManyRequests',
  message,
  details: { retryAfterSeconds },
});

/** Clients may send Evictions of policy/v1beta1 too: the fields are the same. */
const isEviction = ({ operation, subResource, kind }: AdmissionRequest): boolean =>
  operation === 'CREATE' && subResource === 'eviction' && kind.group === 'policy' && kind.kind === 'Eviction';
