import { z } from 'zod';

/*
 * AdmissionReview of admission.k8s.io/v1: the parts that a pod webhook reads and writes.
 * The API's own types: k8s.io/api/admission/v1/types.go.
 */

const reviewSchema = z.object({
  apiVersion: z.literal('admission.k8s.io/v1'),
  kind: z.literal('AdmissionReview'),
  request: z.object({
    uid: z.string().min(1),
    kind: z.object({ group: z.string(), version: z.string(), kind: z.string() }),
    /** CREATE, UPDATE, DELETE or CONNECT. */
    operation: z.string(),
    subResource: z.string().optional(),
    namespace: z.string().optional(),
    dryRun: z.boolean().optional(),
    object: z.unknown().optional(),
  }),
});

/** What the API server asks. */
export type AdmissionRequest = z.output<typeof reviewSchema>['request'];

const podSchema = z.object({
  metadata: z.object({
    /** Empty or missing where the API server is to make the name up from `generateName`, which it does later. */
    name: z.string().optional(),
    generateName: z.string().optional(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z.object({
    readinessGates: z.array(z.object({ conditionType: z.string() })).nullish(),
  }),
});

/** A pod at admission: it has no uid, no status, and often neither name nor namespace. */
export type PodAtAdmission = z.output<typeof podSchema>;

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** What the API server is answered. Nothing here refuses a pod: `allowed` is always true. */
export interface AdmissionAnswer {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly response: {
    readonly uid: string;
    readonly allowed: true;
    readonly patchType?: 'JSONPatch';
    /** The operations as JSON in base64. */
    readonly patch?: string;
    /** Shown to the user by kubectl. The API server may cut a warning after 256 characters. */
    readonly warnings?: readonly string[];
  };
}

/** The body is not a review that this webhook can answer. Fastify makes an answer of `statusCode` and the message. */
export class MalformedReview extends Error {
  override readonly name = 'MalformedReview';
  readonly statusCode = 400;
}

/** The request of an AdmissionReview. @throws MalformedReview */
export function parseReview(body: unknown): AdmissionRequest {
  return parse(reviewSchema, body, 'not an AdmissionReview of admission.k8s.io/v1').request;
}

/** The pod that a request is about. @throws MalformedReview */
export function parsePod(request: AdmissionRequest): PodAtAdmission {
  return parse(podSchema, request.object, 'request.object is not a pod');
}

/** Allows the object, with the patch and the warnings given. */
export function allow(
  { uid }: AdmissionRequest,
  patch: readonly PatchOperation[] = [],
  warnings: readonly string[] = [],
): AdmissionAnswer {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid,
      allowed: true,
      ...(patch.length > 0 && { patchType: 'JSONPatch', patch: encode(patch) }),
      ...(warnings.length > 0 && { warnings }),
    },
  };
}

const encode = (patch: readonly PatchOperation[]): string =>
  Buffer.from(JSON.stringify(patch)).toString('base64');

/** A foreign body can be wrong in a thousand places: the first few say enough. */
const shownFaults = 3;

function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, shownFaults)
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '));
  throw new MalformedReview(`${what}: ${faults.join('; ')}`);
}
