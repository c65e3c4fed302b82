import type { Binding, Pod } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { podAddressOf } from './pod-address.ts';
import type { Problem } from './problem.ts';
import { containerPortOf, servicePortOf } from './target-port.ts';

/** Where the load balancer finds a pod. */
export interface Target {
  readonly ip: string;
  readonly port: number;
}

/** A pod that a binding selects, and its target, or why it has none. */
export type PodOfBinding = { readonly pod: Pod } & (
  | { readonly target: Target; readonly problem?: never }
  | { readonly target?: never; readonly problem: Problem }
);

/** The pods of a binding in the order of their names, or what keeps the whole binding from having any. */
export type Resolution =
  | { readonly pods: readonly PodOfBinding[]; readonly problem?: never }
  | { readonly pods?: never; readonly problem: Problem };

/** The pods that a binding selects, terminating ones included, each with the target that it would be. */
export function targetsOfBinding(
  binding: Binding,
  snapshot: Pick<Snapshot, 'service' | 'podsMatching'>,
): Resolution {
  const { namespace, serviceName, servicePort } = binding;
  if (binding.targetGroup === undefined)
    return problem('TargetGroupNotSet', 'set targetGroupARN or targetGroupName');
  if (binding.targetType !== 'ip') {
    const message = `targetType is ${binding.targetType ?? 'not set'}: this version handles targetType ip`;
    return problem('TargetTypeNotSupported', message);
  }
  const service = snapshot.service(namespace, serviceName);
  if (service === undefined) {
    return problem(
      'ServiceNotFound',
      `there is no service ${namespace}/${serviceName}; create it, or change serviceRef`,
    );
  }
  if (service.selector === undefined || service.external) {
    return problem('ServiceHasNoSelector', `service ${namespace}/${serviceName} selects no pods by labels`);
  }
  const port = servicePortOf(binding, service);
  if (port === undefined) {
    return problem('ServicePortNotFound', `service ${namespace}/${serviceName} has no port ${servicePort}`);
  }
  const pods = snapshot.podsMatching(namespace, service.selector).map((pod): PodOfBinding => {
    const ip = podAddressOf(binding, pod);
    if (typeof ip !== 'string') return { pod, problem: ip };
    const number = containerPortOf(port, pod);
    if (typeof number !== 'number') return { pod, problem: number };
    return { pod, target: { ip, port: number } };
  });
  return { pods };
}

const problem = (reason: Problem['reason'], message: string): Resolution => ({
  problem: { reason, message },
});
