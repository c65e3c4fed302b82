import * as z from 'zod';
import { parse } from './review.ts';

/** An empty text stands for nothing, as in LBC. */
const text = z.string().transform((value) => value || undefined);

/**
 * What the checks read; what else there is stays as it is, to be compared. The API server has validated the fields that
 * the CRD knows, but it is not always targetgate's CRD.
 */
const bindingSchema = z.object({
  metadata: z.object({
    /** Empty or missing where the API server is to make the name up from `generateName`. */
    name: z.string().optional(),
    generateName: z.string().optional(),
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z
    .looseObject({
      targetGroupARN: text,
      targetGroupName: text,
      targetType: z.enum(['ip', 'instance']),
      ipAddressType: z.enum(['ipv4', 'ipv6']),
      vpcID: text,
      iamRoleArnToAssume: text,
      assumeRoleExternalId: text,
      multiClusterTargetGroup: z.boolean(),
      serviceRef: z.looseObject({ name: z.string() }),
      nodeSelector: z.looseObject({}),
      networking: z.looseObject({}),
    })
    .partial()
    // The CRD does not ask for a spec.
    .default({}),
});

/** A TargetGroupBinding at admission: it may have no name yet, and no uid. */
export type BindingAtAdmission = z.output<typeof bindingSchema>;

/** What a binding asks for. */
export type BindingSpec = BindingAtAdmission['spec'];

/** The binding that a request is about. `field`: the part of the request that it is in. @throws MalformedReview */
export const parseBinding = (object: unknown, field: 'object' | 'oldObject'): BindingAtAdmission =>
  parse(bindingSchema, object, `request.${field} is not a TargetGroupBinding`);
