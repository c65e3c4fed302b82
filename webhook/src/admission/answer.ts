import type { AdmissionRequest } from './review.ts';

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** What the API server is answered: an AdmissionReview with a response, as k8s.io/api/admission/v1/types.go has it. */
export interface AdmissionAnswer {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    /** Why it is not allowed; the API server hands it on to the user. */
    readonly status?: Refusal;
    readonly patchType?: 'JSONPatch';
    /** The operations as JSON in base64. */
    readonly patch?: string;
    /** Shown to the user by kubectl. The API server may cut a warning after 256 characters. */
    readonly warnings?: readonly string[];
  };
}

/** Of a Status object (k8s.io/apimachinery): the words that clients tell refusals apart by, and the sentence for people. */
export interface Refusal {
  readonly code: 403 | 422 | 429;
  readonly reason: 'Forbidden' | 'Invalid' | 'TooManyRequests';
  readonly message: string;
  /** When to try again; the API server makes the header Retry-After of it. */
  readonly details?: { readonly retryAfterSeconds: number };
}

/** Allows the object, with the patch and the warnings given. */
export const allow = (
  { uid }: Pick<AdmissionRequest, 'uid'>,
  patch: readonly PatchOperation[] = [],
  warnings: readonly string[] = [],
): AdmissionAnswer =>
  answer({
    uid,
    allowed: true,
    ...(patch.length > 0 && { patchType: 'JSONPatch', patch: encode(patch) }),
    ...(warnings.length > 0 && { warnings }),
  });

/** Refuses the object, for this reason and with the warnings given. */
export const refuse = (
  { uid }: AdmissionRequest,
  status: Refusal,
  warnings: readonly string[] = [],
): AdmissionAnswer => answer({ uid, allowed: false, status, ...(warnings.length > 0 && { warnings }) });

const answer = (response: AdmissionAnswer['response']): AdmissionAnswer => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  response,
});

const encode = (patch: readonly PatchOperation[]): string =>
  Buffer.from(JSON.stringify(patch)).toString('base64');
