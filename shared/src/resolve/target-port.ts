import type { Binding, Pod, Service, ServicePort } from '../model/index.ts';
import type { Problem } from './problem.ts';

/** The service's port that a binding names, by name or by number. TCP is preferred where UDP shares the number. */
export function servicePortOf(binding: Binding, service: Service): ServicePort | undefined {
  const wanted = binding.servicePort;
  // A number in quotes is a number, as in LBC.
  const named = service.ports.filter((port) => port.name === wanted);
  const numbered = service.ports.filter((port) => port.port === Number(wanted));
  const matches = named.length > 0 ? named : numbered;
  return matches.find((port) => port.protocol === 'TCP') ?? matches[0];
}

/**
 * The port on which one pod serves a service port. Pods of one service may give the same port name to different
 * numbers, so a name is looked up pod by pod.
 */
export function containerPortOf(port: ServicePort, pod: Pod): number | Problem {
  const { targetPort, protocol } = port;
  if (typeof targetPort === 'number') return targetPort;
  const found = pod.ports.find(
    (candidate) => candidate.name === targetPort && candidate.protocol === protocol,
  );
  return (
    found?.port ?? {
      reason: 'ContainerPortNotFound',
      message: `pod ${pod.name} has no ${protocol} container port named "${targetPort}"; add it, or change the service's targetPort`,
    }
  );
}
