import { isConflict, isNotFound, type KubeClient, type RawObject } from '@targetgate/shared/kube';
import { projectLease, type Lease, type LeaseSpec } from './lease.ts';

/** What came of a write; `refused`: somebody else was first. */
export type Written = { readonly kind: 'written'; readonly lease: Lease } | { readonly kind: 'refused' };

/** One Lease in the API. All throw KubeError or KubeUnreachable. */
export interface LeaseApi {
  read(): Promise<Lease | undefined>;
  /** Writes the Lease in the place of the version given; makes it, where there is none. */
  write(before: Lease | undefined, spec: LeaseSpec): Promise<Written>;
}

/** The collection of a namespace's Leases. */
export const leasesIn = (namespace: string): string =>
  `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;

export function createLeaseApi(
  client: KubeClient,
  id: { readonly namespace: string; readonly name: string },
  answerWithinMs: number,
): LeaseApi {
  const { namespace, name } = id;
  const collection = leasesIn(namespace);
  const labels = { 'app.kubernetes.io/managed-by': 'targetgate' };

  return {
    read: async () => {
      try {
        const raw = await client.request<RawObject>({
          method: 'GET',
          path: `${collection}/${name}`,
          signal: AbortSignal.timeout(answerWithinMs),
        });
        return projectLease(raw);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },

    write: async (before, spec) => {
      const versioned = before && { resourceVersion: before.version };
      const body = {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name, labels, ...versioned },
        spec,
      };
      const where = before
        ? ({ method: 'PUT', path: `${collection}/${name}` } as const)
        : ({ method: 'POST', path: collection } as const);
      try {
        const raw = await client.request<RawObject>({
          ...where,
          body,
          signal: AbortSignal.timeout(answerWithinMs),
        });
        return { kind: 'written', lease: projectLease(raw) };
      } catch (error) {
        // An update of what was deleted meanwhile is refused as well.
        if (isConflict(error) || (before !== undefined && isNotFound(error))) return { kind: 'refused' };
        throw error;
      }
    },
  };
}
