import type { Pod, Service, ServicePort } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { containerPortOf } from './container-port.ts';
import { podAddressOf, type Family } from './pod-address.ts';
import type { Problem } from './problem.ts';
import { registrationOf } from './registration.ts';
import type { Candidate, Target } from './resolution.ts';

/** Which pods, and what of them makes their targets. */
interface WantedPods {
  readonly service: Service;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: ServicePort;
  readonly family: Family;
  readonly gate: string;
}

/** The pods that a service selects, terminating ones included, each with the target that it would be. */
export function podsOfBinding(
  { service, selector, port, family, gate }: WantedPods,
  view: Pick<Snapshot, 'podsMatching' | 'hasNodes' | 'node'>,
): readonly Candidate[] {
  return view.podsMatching(service.namespace, selector).map((pod): Candidate => {
    const circumstances = {
      publishesNotReady: service.publishesNotReady,
      nodeGone: isNodeGone(pod, view),
    };
    return {
      subject: { kind: 'pod', name: pod.name, uid: pod.uid },
      registration: registrationOf(pod, gate, circumstances),
      pod,
      ...targetOf(pod, port, family),
    };
  });
}

/** A view without any node has not been told of nodes: it says nothing about this one. */
const isNodeGone = ({ nodeName }: Pod, view: Pick<Snapshot, 'hasNodes' | 'node'>): boolean =>
  nodeName !== '' && view.node(nodeName) === undefined && view.hasNodes();

function targetOf(
  pod: Pod,
  port: ServicePort,
  family: Family,
): { readonly target: Target } | { readonly problem: Problem } {
  const address = podAddressOf(pod, family);
  if (typeof address !== 'string') return { problem: address };
  const number = containerPortOf(port, pod);
  if (typeof number !== 'number') return { problem: number };
  return { target: { id: address, port: number } };
}
