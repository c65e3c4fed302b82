import type { RawObject } from '../kube/index.ts';
import type { Protocol } from './pod.ts';

/** A port of a service. `targetPort` names a container's port, or is its number. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: Protocol;
  /** The port on every node; undefined for a service that has none. */
  readonly nodePort: number | undefined;
}

/** A service, projected to what the rules need. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** Undefined for a service without a selector: somebody else writes its endpoints. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly ServicePort[];
  /** ExternalName services are DNS aliases: they have no pods. */
  readonly external: boolean;
  /** Its pods are to be reached as soon as they have an address, ready or not. */
  readonly publishesNotReady: boolean;
}

/** Projects an API service. */
export function projectService(raw: RawObject): Service {
  const { metadata, spec = {} } = raw as RawService;
  const selector = spec.selector ?? {};
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    selector: Object.keys(selector).length > 0 ? selector : undefined,
    external: spec.type === 'ExternalName',
    publishesNotReady: spec.publishNotReadyAddresses ?? false,
    ports: (spec.ports ?? []).map(({ name, port, targetPort, protocol = 'TCP', nodePort }) => ({
      name,
      port,
      // The API server's own default; 0 stands for "not set" in objects written by some tools.
      targetPort: targetPort === undefined || targetPort === 0 || targetPort === '' ? port : targetPort,
      protocol,
      nodePort: nodePort || undefined,
    })),
  };
}

interface RawService {
  metadata: RawObject['metadata'];
  spec?: {
    type?: string;
    selector?: Record<string, string>;
    publishNotReadyAddresses?: boolean;
    ports?: {
      name?: string;
      port: number;
      targetPort?: number | string;
      protocol?: Protocol;
      nodePort?: number;
    }[];
  };
}
