import type { Pod, ServicePort } from '../model/index.ts';
import type { Problem } from './problem.ts';

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
