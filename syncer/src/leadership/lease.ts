import type { RawObject } from '@targetgate/shared/kube';
import { longestLeaseMs } from './timing.ts';

/** A Lease (coordination.k8s.io/v1), as far as leaders are chosen by it. */
export interface Lease {
  readonly namespace: string;
  readonly name: string;
  /** Its resourceVersion: a write that names an older one is refused. */
  readonly version: string;
  /** Who holds it; empty where nobody does. */
  readonly holder: string;
  /** How long its holder may be silent. */
  readonly durationMs: number;
  /** How often it changed hands. */
  readonly transitions: number;
  /** When its last holder took it, as the API has it: each renewal repeats it. Undefined where nobody ever held it. */
  readonly acquiredAt: string | undefined;
}

/** The spec of a Lease as the API has it. */
export interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly leaseTransitions?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
}

/**
 * Keeps of a Lease what counts. The times in it are of its holder's clock: nobody compares them with another. Where
 * somebody else has written that its holder may be silent for a year, or has not written for how long, it is a minute.
 * What is of another type than the API's counts as left out.
 */
export function projectLease({ metadata, spec }: RawObject): Lease {
  const { holderIdentity, leaseDurationSeconds, leaseTransitions, acquireTime } =
    (spec as RawSpec | undefined | null) ?? {};
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    version: metadata.resourceVersion,
    holder: textIn(holderIdentity) ?? '',
    durationMs: Math.min((numberIn(leaseDurationSeconds) ?? Infinity) * 1000, longestLeaseMs),
    transitions: Math.trunc(numberIn(leaseTransitions) ?? 0),
    acquiredAt: textIn(acquireTime),
  };
}

/** A spec that anybody may have written. */
type RawSpec = { readonly [field in keyof LeaseSpec]?: unknown };

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

/** Whether a version came after another: since Kubernetes 1.35 they are integers to compare (KEP-5504), and were before. */
export const isNewer = (version: string, than: string): boolean =>
  version.length === than.length ? version > than : version.length > than.length;
