import type { Service, ServicePort } from './service.ts';

/** An address and port on which a service is reached. */
export interface Frontend {
  readonly address: string;
  readonly port: number;
  readonly service: Service;
  readonly servicePort: ServicePort;
}

/** The frontends of a service: each port on its cluster IPs, and each node port on all nodes. */
export function frontendsOf(service: Service, nodeAddresses: readonly string[]): Frontend[] {
  if (service.selector === undefined) return [];
  return service.ports.flatMap((servicePort) => {
    const { port, nodePort } = servicePort;
    const at = (address: string, port: number): Frontend => ({ address, port, service, servicePort });
    return [
      ...service.clusterIps.map((address) => at(address, port)),
      ...(nodePort === undefined ? [] : nodeAddresses.map((address) => at(address, nodePort))),
    ];
  });
}
