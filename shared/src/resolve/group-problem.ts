import type { Binding, TargetGroupFacts } from '../model/index.ts';
import type { Problem, ProblemOfBinding } from './problem.ts';
import { targetTypeOf } from './target-type.ts';

/**
 * What of its target group keeps a binding from having targets; the first row that applies.
 *
 * | the binding           | the group                        | problem                |
 * | --------------------- | -------------------------------- | ---------------------- |
 * | names no group        |                                  | TargetGroupNotSet      |
 * | says no targetType    | is not known, nor is what it was | TargetTypeUnknown      |
 * | says a targetType     | has another                      | TargetTypeMismatch     |
 * | says no targetType    | is for lambda or an ALB          | TargetTypeNotSupported |
 * | says an ipAddressType | has another                      | AddressFamilyMismatch  |
 * | says a vpcID          | is in another                    | VpcMismatch            |
 * | anything else         |                                  | none                   |
 *
 * A group that is not known contradicts nothing.
 */
export function groupProblemOf(binding: Binding, group: TargetGroupFacts | undefined): Problem | undefined {
  const { targetGroup, ipAddressType, vpcId } = binding;
  if (targetGroup === undefined) return problem('TargetGroupNotSet', 'set targetGroupARN or targetGroupName');

  const type = targetTypeOf(binding, group);
  if (type === undefined) {
    return problem(
      'TargetTypeUnknown',
      'targetType is not set: it is being found out from the target group; set it to go ahead at once',
    );
  }
  if (group && type !== group.targetType) {
    return problem(
      'TargetTypeMismatch',
      `targetType is ${type}, but target group ${group.name} has targets of type ${group.targetType}: name another target group, or replace the binding by one without targetType`,
    );
  }
  if (type !== 'ip' && type !== 'instance') {
    return problem(
      'TargetTypeNotSupported',
      `the target group has targets of type ${type}: name one whose targets are of type ip or instance`,
    );
  }
  if (group && ipAddressType && ipAddressType !== group.ipAddressType) {
    return problem(
      'AddressFamilyMismatch',
      `ipAddressType is ${ipAddressType}, but target group ${group.name} takes ${group.ipAddressType} targets: leave ipAddressType out, or name another target group`,
    );
  }
  if (group?.vpcId && vpcId && vpcId !== group.vpcId) {
    return problem(
      'VpcMismatch',
      `vpcID is ${vpcId}, but target group ${group.name} is in ${group.vpcId}: leave vpcID out, or name another target group`,
    );
  }
  return undefined;
}

const problem = (reason: ProblemOfBinding, message: string): Problem => ({ reason, message });
