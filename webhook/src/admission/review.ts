import * as z from 'zod';

/*
 * AdmissionReview of admission.k8s.io/v1: the parts of a request that the webhook reads. See answer.ts for the rest.
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
    /** What an update finds. */
    oldObject: z.unknown().optional(),
  }),
});

/** What the API server asks. */
export type AdmissionRequest = z.output<typeof reviewSchema>['request'];

/** The body is not a review that this webhook can answer. Fastify makes an answer of `statusCode` and the message. */
export class MalformedReview extends Error {
  override readonly name = 'MalformedReview';
  readonly statusCode = 400;
}

/** The request of an AdmissionReview, by the text of its JSON. @throws MalformedReview */
export function parseReview(text: string): AdmissionRequest {
  return parse(reviewSchema, parseJson(text), 'not an AdmissionReview of admission.k8s.io/v1').request;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedReview('the body is not JSON', { cause });
  }
}

/** A foreign body can be wrong in a thousand places: the first few say enough. */
const shownFaults = 3;

/** A value in the form that a schema asks for. `otherwise` says what is wrong with one that is not. @throws MalformedReview */
export function parse<S extends z.ZodType>(schema: S, value: unknown, otherwise: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, shownFaults)
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '));
  throw new MalformedReview(`${otherwise}: ${faults.join('; ')}`);
}
