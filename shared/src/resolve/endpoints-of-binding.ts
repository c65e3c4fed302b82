import type { Endpoint, Service, ServicePort } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { Family } from './pod-address.ts';
import type { Candidate, Registration, Resolution } from './resolution.ts';

/** Which endpoints, and what of them makes their targets. */
interface WantedEndpoints {
  readonly service: Service;
  readonly port: ServicePort;
  readonly family: Family;
}

/**
 * The endpoints that somebody else writes for a service without a selector. An address that stands in several slices
 * is one candidate: the one that is wanted most.
 *
 * Slices without the address family or the port say nothing about the binding. Where no other is left, that is a
 * problem: endpoints that nobody has written yet are not an empty list.
 */
export function endpointsOfBinding(
  { service, port, family }: WantedEndpoints,
  view: Pick<Snapshot, 'endpointSlicesOf'>,
): Resolution {
  const { namespace, name, publishesNotReady } = service;
  const slices = view.endpointSlicesOf(namespace, name).flatMap((slice) => {
    // A slice's port answers to the service port of its name, whatever its number.
    const found = slice.ports.find((it) => it.name === (port.name ?? '') && it.protocol === port.protocol);
    return slice.family === family && found?.port !== undefined
      ? [{ endpoints: slice.endpoints, port: found.port }]
      : [];
  });
  if (slices.length === 0) {
    return {
      problem: {
        reason: 'EndpointsNotFound',
        message: `service ${namespace}/${name} has no selector, and no EndpointSlice says its ${family} addresses for ${portText(port)}; write one, or give the service a selector`,
      },
    };
  }
  const best = new Map<string, Candidate>();
  for (const slice of slices) {
    for (const endpoint of slice.endpoints) {
      const candidate = candidateOf(endpoint, slice.port, publishesNotReady);
      const known = best.get(endpoint.address);
      if (known === undefined || rank[candidate.registration] > rank[known.registration])
        best.set(endpoint.address, candidate);
    }
  }
  return { candidates: [...best.values()].sort((a, b) => (a.subject.name < b.subject.name ? -1 : 1)) };
}

const rank: Readonly<Record<Registration, number>> = { wanted: 2, 'not-ready': 1, leaving: 0 };

function candidateOf(endpoint: Endpoint, port: number, publishesNotReady: boolean): Candidate {
  const { address, pod } = endpoint;
  return {
    subject: { kind: 'endpoint', name: address, uid: pod?.uid ?? `endpoint:${address}` },
    registration: endpointRegistrationOf(endpoint, publishesNotReady),
    target: { id: address, port },
  };
}

/**
 * | terminating | ready, or the service publishes not-ready addresses | registration |
 * | ----------- | --------------------------------------------------- | ------------ |
 * | yes         |                                                     | leaving      |
 * | no          | yes                                                 | wanted       |
 * | no          | no                                                  | not-ready    |
 *
 * Publishing not-ready addresses makes terminating endpoints "ready" as well (discovery.k8s.io/v1): they leave.
 */
function endpointRegistrationOf({ terminating, ready }: Endpoint, publishesNotReady: boolean): Registration {
  if (terminating) return 'leaving';
  return ready || publishesNotReady ? 'wanted' : 'not-ready';
}

const portText = ({ name, port, protocol }: ServicePort): string =>
  name === undefined ? `its unnamed port ${port} (${protocol})` : `port "${name}" (${protocol})`;
