import * as z from 'zod';
import { parse, type AdmissionRequest } from '../review.ts';

const evictionSchema = z.object({
  metadata: z.object({ name: z.string().min(1), namespace: z.string().optional() }),
  deleteOptions: z
    .object({
      dryRun: z.array(z.string()).nullish(),
      preconditions: z.object({ uid: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

/** The pod that somebody wants to evict. */
export interface EvictionAtAdmission {
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
  /** That of the pod that is meant; undefined where any pod of the name is. */
  readonly uid: string | undefined;
  readonly dryRun: boolean;
}

/**
 * The eviction that a request is about. It has the pod's name: the API server refuses one whose name is not that of its
 * URL. A dry run is asked for in the request, or, as by `kubectl drain --dry-run=server`, in the options of the deletion,
 * which the request does not repeat (k8s.io/kubernetes/pkg/registry/core/pod/storage/eviction.go, propagateDryRun). So is
 * the uid of the pod that is meant; to that of another the API server answers 409, when the webhooks have allowed it.
 *
 * @throws MalformedReview
 */
export function parseEviction(request: AdmissionRequest): EvictionAtAdmission {
  const { metadata, deleteOptions } = parse(
    evictionSchema,
    request.object,
    'request.object is not an Eviction',
  );
  const dryRun = request.dryRun === true || (deleteOptions?.dryRun ?? []).length > 0;
  return { metadata, uid: deleteOptions?.preconditions?.uid ?? undefined, dryRun };
}
