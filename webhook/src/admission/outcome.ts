import type { AdmissionAnswer, Refusal } from './answer.ts';
import type { EvictionRuling } from './eviction/ruling.ts';
import type { Injection } from './injection.ts';
import { MalformedReview, type AdmissionRequest } from './review.ts';
import type { Termination } from './termination/termination.ts';
import type { Warning } from './warning.ts';

/** How a review ended, but for one that is malformed. */
export type Outcome =
  /** Nothing is to be said about the object. */
  | { readonly kind: 'unchanged'; readonly answer: AdmissionAnswer }
  | {
      readonly kind: 'injected';
      readonly answer: AdmissionAnswer;
      readonly injection: Injection;
      /** Undefined where nothing is said about the pod's end. */
      readonly termination: Termination | undefined;
      /** All of them. */
      readonly warnings: readonly Warning[];
      readonly subject: Subject;
    }
  /** A pod may be as it is, but something about it should be mended. */
  | {
      readonly kind: 'warned';
      readonly answer: AdmissionAnswer;
      readonly warnings: readonly Warning[];
      readonly subject: Subject;
    }
  /** A binding has been checked, and may be as it is. */
  | { readonly kind: 'accepted'; readonly answer: AdmissionAnswer }
  | {
      readonly kind: 'refused';
      readonly answer: AdmissionAnswer;
      readonly refusal: Refusal;
      readonly subject: Subject;
    }
  /** The eviction of a pod is allowed or refused. */
  | {
      readonly kind: 'eviction';
      readonly answer: AdmissionAnswer;
      readonly ruling: EvictionRuling;
      readonly subject: Subject;
    }
  /** The bindings are not known yet, so nothing can be said about the object. */
  | { readonly kind: 'not_synced'; readonly subject: Subject };

/** Answers one review, by the text of its JSON. It has no effects on the cluster, so a dry run is no different. @throws MalformedReview */
export type Admit = (text: string) => Promise<Outcome>;

/** The object that a review is about, for logs. */
export interface Subject {
  readonly kind: 'pod' | 'binding';
  readonly namespace: string;
  /** Its name, or the beginning of the one that it will get. */
  readonly name: string;
  /** Present where the object is not really to be created or changed. */
  readonly dryRun?: true;
}

/** The metadata that a subject is made of. */
interface Metadata {
  readonly name?: string | undefined;
  readonly generateName?: string | undefined;
  readonly namespace?: string | undefined;
}

/** The subject of a request. @throws MalformedReview where it is in no namespace. */
export function subjectOf(
  kind: Subject['kind'],
  { namespace, dryRun }: AdmissionRequest,
  metadata: Metadata,
): Subject {
  // The object's own namespace is often empty: the API server fills it in after admission.
  const home = namespace || metadata.namespace;
  if (!home) throw new MalformedReview(`request.namespace: a ${kind} is always in a namespace`);
  const name = metadata.name || metadata.generateName || '';
  return { kind, namespace: home, name, ...(dryRun && { dryRun }) };
}
