import type { RawObject } from '@targetgate/shared/kube';

/** A TCP port of a service. */
export interface ServicePort {
  readonly port: number;
  /** Undefined for a service that is not of type NodePort or LoadBalancer. */
  readonly nodePort: number | undefined;
  /** A container port's number, or its name. */
  readonly targetPort: number | string;
}

/** A service, projected to what forwarding needs. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** Empty for a headless service. */
  readonly clusterIps: readonly string[];
  /** Undefined where somebody else writes the endpoints: nothing is forwarded then. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly ServicePort[];
}

interface RawSpec {
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly protocol?: string;
    readonly port: number;
    readonly nodePort?: number;
    readonly targetPort?: number | string;
  }[];
}

export function projectService({ metadata, spec }: RawObject): Service {
  const { clusterIP, clusterIPs, selector = {}, ports = [] } = spec as RawSpec;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    clusterIps: (clusterIPs ?? [clusterIP ?? 'None']).filter((ip) => ip !== 'None' && ip !== ''),
    selector: Object.keys(selector).length > 0 ? selector : undefined,
    ports: ports
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .map(({ port, nodePort, targetPort = port }) => ({ port, nodePort, targetPort })),
  };
}
