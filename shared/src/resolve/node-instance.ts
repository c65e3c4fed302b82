import type { Node } from '../model/index.ts';
import type { Problem } from './problem.ts';

/** The EC2 instance id of a node: the last part of its providerID, for example aws:///us-west-2a/i-0123456789abcdef0. */
export function instanceIdOf(node: Node): string | Problem {
  const { name, providerId } = node;
  if (isHybrid(node)) {
    return problem(
      `node ${name} is a hybrid node, which is no EC2 instance: use targetType ip, or leave it out by nodeSelector`,
    );
  }
  if (providerId === undefined) {
    return problem(
      `node ${name} has no providerID, which the cloud provider sets: use targetType ip, or leave it out by nodeSelector`,
    );
  }
  return (
    /(?:^|\/)(i-[^/]+)$/.exec(providerId)?.[1] ??
    problem(
      `node ${name} has providerID ${providerId}, which is no EC2 instance: use targetType ip, or leave it out by nodeSelector`,
    )
  );
}

const isHybrid = ({ providerId, labels }: Node): boolean =>
  labels['eks.amazonaws.com/compute-type'] === 'hybrid' || (providerId?.startsWith('eks-hybrid://') ?? false);

const problem = (message: string): Problem => ({ reason: 'NodeHasNoInstance', message });
