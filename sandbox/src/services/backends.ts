import type { Pod } from './pod.ts';
import type { Service, ServicePort } from './service.ts';

/** Where a connection is forwarded to. */
export interface Backend {
  readonly address: string;
  readonly port: number;
}

/**
 * The backends of a service's port, ordered by pod: its selected pods that are ready and not being deleted. A pod
 * that has no port of the name wanted is none. `publishNotReadyAddresses` and traffic policies are not looked at.
 */
export function backendsOf(service: Service, { targetPort }: ServicePort, pods: Iterable<Pod>): Backend[] {
  return [...pods]
    .filter((pod) => pod.serves && selects(service, pod))
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ address, namedPorts }) => {
      const port = typeof targetPort === 'number' ? targetPort : namedPorts.get(targetPort);
      return address === undefined || port === undefined ? [] : [{ address, port }];
    });
}

function selects({ namespace, selector }: Service, pod: Pod): boolean {
  if (selector === undefined || pod.namespace !== namespace) return false;
  return Object.entries(selector).every(([name, value]) => pod.labels[name] === value);
}
