import type { Names } from '@targetgate/shared/names';
import type { Clock } from '@targetgate/shared/runtime';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Sync } from '../../sync.ts';
import { allow, refuse, type AdmissionAnswer, type Refusal } from '../answer.ts';
import { subjectOf, type Admit, type Outcome, type Subject } from '../outcome.ts';
import { parseReview, type AdmissionRequest } from '../review.ts';
import { parseEviction } from './eviction-at-admission.ts';
import { keptMs } from './joint-reads.ts';
import { patienceMs, type LiveCluster } from './live-cluster.ts';
import { createJudge, type EvictionRuling } from './ruling.ts';
import { standingOf, type MeantPod, type Standing } from './standing.ts';
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
 * | request                           | the namespace   | the pod                               | answer                      |
 * | --------------------------------- | --------------- | ------------------------------------- | --------------------------- |
 * | is not an eviction                |                 |                                       | allowed                     |
 * | an eviction, caches are not there |                 |                                       | none: failurePolicy decides |
 * | an eviction                       | does not ask    |                                       | allowed                     |
 * | an eviction                       | asks for guards | does not exist, or has another uid    | allowed                     |
 * | an eviction                       | asks for guards | cannot be read                        | allowed, with a warning     |
 * | an eviction                       | asks for guards | has no objection against it           | allowed                     |
 * | an eviction                       | asks for guards | has one, and was refused for too long | allowed, with a warning     |
 * | an eviction                       | asks for guards | has one                               | 429                         |
 *
 * The API server asks about labelled namespaces only. But whoever reaches the port may ask, and each answer costs reads.
 */
export function createEvictionAdmission(options: {
  names: Names;
  view: Pick<Snapshot, 'bindingsIn' | 'service' | 'namespace'>;
  sync: Sync;
  live: LiveCluster;
  clock: Pick<Clock, 'now'>;
  /** For how long one pod may be refused, in milliseconds. */
  deadlineMs: number;
}): Admit {
  const { names, view, sync, live, clock, deadlineMs } = options;
  const judge = createJudge({ clock, deadlineMs });
  const isGuarded = (namespace: string): boolean =>
    view.namespace(namespace)?.labels[names.evictionLabel] === 'enabled';

  /** What was read for others may refuse, but lets nobody go: another replica may have let one of them go since. */
  async function standingFor(pod: MeantPod): Promise<Standing> {
    const asked = clock.now();
    const signal = AbortSignal.timeout(patienceMs);
    const read = (since: number) => standingOf(pod, { since, signal }, { live, view, names });
    const standing = await read(asked - keptMs);
    const mayLeave = standing.kind === 'known' && judge(standing, { dryRun: true }).kind !== 'refused';
    return mayLeave ? read(asked) : standing;
  }

  return async (text) => {
    const request = parseReview(text);
    const unchanged: Outcome = { kind: 'unchanged', answer: allow(request) };
    if (!isEviction(request)) return unchanged;
    const { metadata, uid, dryRun } = parseEviction(request);
    const subject = subjectOf('pod', { ...request, dryRun }, metadata);
    if (!(await sync.soon())) return { kind: 'not_synced', subject };
    const { namespace, name } = subject;
    if (!isGuarded(namespace)) return unchanged;
    const ruling = judge(await standingFor({ namespace, name, uid }), { dryRun });
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
