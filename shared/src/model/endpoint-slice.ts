import type { RawObject } from '../kube/index.ts';
import type { Protocol } from './pod.ts';

/** One address of a service without a selector. */
export interface Endpoint {
  readonly address: string;
  /** As Kubernetes has it: an endpoint that does not say is ready. */
  readonly ready: boolean;
  readonly terminating: boolean;
  /** The pod behind it; undefined where somebody wrote down a bare address. */
  readonly pod: { readonly name: string; readonly uid: string } | undefined;
}

/** An EndpointSlice that somebody other than the cluster's own controller keeps. */
export interface EndpointSlice {
  readonly namespace: string;
  readonly name: string;
  /** Empty where it belongs to no service. */
  readonly serviceName: string;
  readonly family: 'ipv4' | 'ipv6' | 'fqdn';
  /** A port without a number means all ports: it is of no use as a target. */
  readonly ports: readonly {
    readonly name: string;
    readonly port: number | undefined;
    readonly protocol: Protocol;
  }[];
  readonly endpoints: readonly Endpoint[];
}

/** Projects an API EndpointSlice (discovery.k8s.io/v1). */
export function projectEndpointSlice(raw: RawObject): EndpointSlice {
  const { metadata, addressType, ports, endpoints } = raw as unknown as RawEndpointSlice;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    serviceName: metadata.labels?.['kubernetes.io/service-name'] ?? '',
    family: addressType === 'IPv4' ? 'ipv4' : addressType === 'IPv6' ? 'ipv6' : 'fqdn',
    ports: (ports ?? []).map(({ name, port, protocol }) => ({
      name: name ?? '',
      port: port ?? undefined,
      protocol: protocol ?? 'TCP',
    })),
    // All addresses of one endpoint lead to the same backend; consumers use the first (the API's own words).
    endpoints: (endpoints ?? []).flatMap(({ addresses: [address], conditions, targetRef }) =>
      address === undefined
        ? []
        : [
            {
              address,
              ready: conditions?.ready ?? true,
              terminating: conditions?.terminating ?? false,
              pod:
                targetRef?.kind === 'Pod' && targetRef.name && targetRef.uid
                  ? { name: targetRef.name, uid: targetRef.uid }
                  : undefined,
            },
          ],
    ),
  };
}

interface RawEndpointSlice {
  metadata: RawObject['metadata'] & { labels?: Record<string, string> };
  addressType?: 'IPv4' | 'IPv6' | 'FQDN';
  ports?: { name?: string | null; port?: number | null; protocol?: Protocol | null }[] | null;
  endpoints?:
    | {
        addresses: string[];
        conditions?: { ready?: boolean | null; terminating?: boolean | null };
        targetRef?: { kind?: string; name?: string; uid?: string };
      }[]
    | null;
}
