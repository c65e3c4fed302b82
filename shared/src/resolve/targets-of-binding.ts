import type { Binding, TargetGroupFacts } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { endpointsOfBinding } from './endpoints-of-binding.ts';
import { groupProblemOf } from './group-problem.ts';
import { nodesOfBinding } from './nodes-of-binding.ts';
import { podsOfBinding } from './pods-of-binding.ts';
import type { ProblemOfBinding } from './problem.ts';
import type { Resolution } from './resolution.ts';
import { servicePortOf } from './service-port.ts';
import { targetTypeOf } from './target-type.ts';

/** What of a snapshot decides a binding's targets. */
export type TargetsView = Pick<
  Snapshot,
  'service' | 'podsMatching' | 'hasNodes' | 'nodes' | 'node' | 'endpointSlicesOf'
>;

/** A binding's gate, and what is known of its target group: undefined where nothing is. */
export interface TargetsContext {
  readonly gate: string;
  readonly group: TargetGroupFacts | undefined;
}

/**
 * The candidates of a binding; the first row that applies.
 *
 * | target group  | service        | its port       | targetType | resolution               |
 * | ------------- | -------------- | -------------- | ---------- | ------------------------ |
 * | has a problem |                |                |            | that one (group-problem) |
 * | fits          | missing        |                |            | ServiceNotFound          |
 * | fits          | ExternalName   |                |            | ServiceHasNoSelector     |
 * | fits          | there          | missing        |            | ServicePortNotFound      |
 * | fits          | there          | no nodePort    | instance   | ServiceHasNoNodePort     |
 * | fits          | there          | has a nodePort | instance   | nodes                    |
 * | fits          | has a selector | there          | ip         | pods                     |
 * | fits          | has none       | in no slice    | ip         | EndpointsNotFound        |
 * | fits          | has none       | in a slice     | ip         | endpoints                |
 *
 * Each kind of candidate has a table of its own for who is wanted.
 */
export function targetsOfBinding(
  binding: Binding,
  view: TargetsView,
  { gate, group }: TargetsContext,
): Resolution {
  const groupProblem = groupProblemOf(binding, group);
  if (groupProblem) return { problem: groupProblem };

  const name = `${binding.namespace}/${binding.serviceName}`;
  const service = view.service(binding.namespace, binding.serviceName);
  if (service === undefined)
    return problem('ServiceNotFound', `there is no service ${name}; create it, or change serviceRef`);
  if (service.external) {
    return problem('ServiceHasNoSelector', `service ${name} is an ExternalName, which has no endpoints`);
  }
  const port = servicePortOf(service, binding.servicePort, binding.protocol ?? group?.protocol);
  if (port === undefined)
    return problem('ServicePortNotFound', `service ${name} has no port ${binding.servicePort}`);

  if (targetTypeOf(binding, group) === 'instance') {
    const { nodePort } = port;
    if (nodePort === undefined) {
      return problem(
        'ServiceHasNoNodePort',
        `service ${name} has no node port for port ${binding.servicePort}: make it of type NodePort or LoadBalancer, or use targetType ip`,
      );
    }
    return { candidates: nodesOfBinding({ selector: binding.nodeSelector, nodePort }, view) };
  }
  // A family that neither says is the one that ELB gives a group by default.
  const family = binding.ipAddressType ?? group?.ipAddressType ?? 'ipv4';
  const { selector } = service;
  if (selector === undefined) return endpointsOfBinding({ service, port, family }, view);
  return { candidates: podsOfBinding({ service, selector, port, family, gate }, view) };
}

const problem = (reason: ProblemOfBinding, message: string): Resolution => ({
  problem: { reason, message },
});
