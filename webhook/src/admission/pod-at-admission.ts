import { z } from 'zod';
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

/** The pod that a request is about. @throws MalformedReview */
export const parsePod = (request: AdmissionRequest): PodAtAdmission =>
  parse(podSchema, request.object, 'request.object is not a pod');
