import type { Names } from '@targetgate/shared/names';
import type { Sync } from '../sync.ts';
import { injectionOf, type BindingsView, type Injection } from './injection.ts';
import { patchOf } from './patch.ts';
import {
  allow,
  MalformedReview,
  parsePod,
  parseReview,
  type AdmissionAnswer,
  type AdmissionRequest,
  type PodAtAdmission,
} from './review.ts';

/** How a review ended, but for one that is malformed. */
export type Outcome =
  | { readonly kind: 'unchanged'; readonly answer: AdmissionAnswer }
  | {
      readonly kind: 'injected';
      readonly answer: AdmissionAnswer;
      readonly injection: Injection;
      readonly subject: Subject;
    }
  /** The bindings are not known yet, so nothing can be said about the pod. */
  | { readonly kind: 'not_synced'; readonly subject: Subject };

/** The pod that a review is about, for logs. */
export interface Subject {
  readonly namespace: string;
  /** Its name, or the beginning of the one that it will get. */
  readonly pod: string;
  /** Present where the pod is not really to be created. */
  readonly dryRun?: true;
}

/** Answers the body of one review. @throws MalformedReview */
export type Admit = (body: unknown) => Promise<Outcome>;

/** How long a pod waits for the first lists: most starts take less, and webhook configurations allow 5 s or more. */
const syncWithinMs = 2_000;

/**
 * Admission of pods: the creation of a pod gets its gates, anything else passes unchanged.
 *
 * It has no effects, so a dry run is no different, and being asked twice about a pod (reinvocation) adds nothing.
 */
export function createAdmission(options: {
  names: Names;
  view: BindingsView;
  sync: Sync;
  syncWithin?: number;
}): Admit {
  const { names, view, sync, syncWithin = syncWithinMs } = options;

  return async (body) => {
    const request = parseReview(body);
    if (!isPodCreation(request)) return { kind: 'unchanged', answer: allow(request) };
    const { metadata, spec } = parsePod(request);
    const subject = subjectOf(request, metadata);
    if (!(await sync.within(syncWithin))) return { kind: 'not_synced', subject };

    const { namespace } = subject;
    const gates = spec.readinessGates?.map((gate) => gate.conditionType);
    const injection = injectionOf(
      { namespace, labels: metadata.labels ?? {}, gates: gates ?? [] },
      view,
      names,
    );
    const patch = patchOf(gates, injection);
    const answer = allow(request, patch, injection.warnings);
    return patch.length > 0
      ? { kind: 'injected', answer, injection, subject }
      : { kind: 'unchanged', answer };
  };
}

const isPodCreation = ({ operation, subResource = '', kind }: AdmissionRequest): boolean =>
  operation === 'CREATE' &&
  subResource === '' &&
  kind.group === '' &&
  kind.version === 'v1' &&
  kind.kind === 'Pod';

function subjectOf({ namespace, dryRun }: AdmissionRequest, metadata: PodAtAdmission['metadata']): Subject {
  // The object's own namespace is often empty: the API server fills it in after admission.
  const home = namespace || metadata.namespace;
  if (!home) throw new MalformedReview('request.namespace: a pod is always in a namespace');
  return { namespace: home, pod: metadata.name || metadata.generateName || '', ...(dryRun && { dryRun }) };
}
