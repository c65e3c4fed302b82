import { projectPodEnd, type PodEnd } from '@targetgate/shared/model';
import * as z from 'zod';
import { parse, type AdmissionRequest } from './review.ts';

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

const notAPod = 'request.object is not a pod';

/** The pod that a request is about, as far as it decides which bindings select it. @throws MalformedReview */
export const parsePod = (request: AdmissionRequest): PodAtAdmission =>
  parse(podSchema, request.object, notAPod);

const preStopSchema = z.object({
  sleep: z.object({ seconds: z.number() }).nullish(),
  exec: z.object({ command: z.array(z.string()).nullish() }).nullish(),
});

const containerSchema = z.object({
  name: z.string(),
  restartPolicy: z.string().nullish(),
  lifecycle: z.object({ preStop: preStopSchema.nullish() }).nullish(),
});

const endSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }),
  spec: z.object({
    terminationGracePeriodSeconds: z.number().nullish(),
    containers: z.array(containerSchema).nullish(),
    initContainers: z.array(containerSchema).nullish(),
  }),
});

/** How a pod at admission is to end. */
export interface EndAtAdmission {
  readonly end: PodEnd;
  /** For each container, whether it has the field `lifecycle`. */
  readonly hasLifecycle: readonly boolean[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** How the pod that a request is about is to end: read only of pods that a binding selects. @throws MalformedReview */
export function parseEnd(request: AdmissionRequest): EndAtAdmission {
  const { metadata, spec } = parse(endSchema, request.object, notAPod);
  return {
    end: projectPodEnd(spec),
    hasLifecycle: (spec.containers ?? []).map(({ lifecycle }) => Boolean(lifecycle)),
    annotations: metadata.annotations ?? {},
  };
}
