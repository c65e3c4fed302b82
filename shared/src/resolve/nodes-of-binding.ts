import type { LabelSelector } from '../model/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { isEligible } from './node-eligibility.ts';
import { instanceIdOf } from './node-instance.ts';
import { nodeRegistrationOf } from './node-registration.ts';
import type { Candidate } from './resolution.ts';

/** Which nodes, and the service's port on each of them. */
interface WantedNodes {
  readonly selector: LabelSelector | undefined;
  readonly nodePort: number;
}

/** The nodes that may be targets, leaving ones included, each with the target that it would be. */
export function nodesOfBinding(
  { selector, nodePort }: WantedNodes,
  view: Pick<Snapshot, 'nodes'>,
): readonly Candidate[] {
  return view
    .nodes()
    .filter((node) => isEligible(node, selector))
    .map((node): Candidate => {
      const instance = instanceIdOf(node);
      return {
        subject: { kind: 'node', name: node.name, uid: node.uid },
        registration: nodeRegistrationOf(node),
        ...(typeof instance === 'string'
          ? { target: { id: instance, port: nodePort } }
          : { problem: instance }),
      };
    });
}
