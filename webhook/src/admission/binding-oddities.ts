import { longestGatedBindingName } from '@targetgate/shared/names';
import type { BindingAtAdmission, BindingSpec } from './binding-at-admission.ts';
import { shown, type Finding } from './finding.ts';
import { nameInArn } from './target-group-ref.ts';

/** What else is known of a binding. */
export interface Circumstances {
  readonly namespace: string;
  /** Whether the service that it names exists. */
  readonly hasService: boolean;
}

/** What may be meant as it is, but seldom is, or has no effect here: LBC takes all of it but the role of instances. */
export function odditiesOf(binding: BindingAtAdmission, circumstances: Circumstances): readonly Finding[] {
  const { metadata, spec } = binding;
  return [
    groupNamedTwice(spec),
    nameTooLong(metadata.name ?? '', spec),
    networkingIsIgnored(spec),
    roleOfInstances(spec),
    serviceIsMissing(spec, circumstances),
  ].filter((finding) => finding !== undefined);
}

/** LBC's webhook adds the ARN to a binding that gives the name: then they agree. */
function groupNamedTwice({ targetGroupARN: arn, targetGroupName: name }: BindingSpec): Finding | undefined {
  if (arn === undefined || name === undefined) return undefined;
  const other = nameInArn(arn);
  if (other === undefined || other === name) return undefined;
  return {
    field: 'spec.targetGroupName',
    message: `is not read, as targetGroupARN wins, and that is of the target group ${shown(other)}; leave one of them out`,
  };
}

function nameTooLong(name: string, { targetType }: BindingSpec): Finding | undefined {
  if (name.length <= longestGatedBindingName || targetType === 'instance') return undefined;
  return {
    field: 'metadata.name',
    message: `is longer than ${longestGatedBindingName} characters, so pods get no readiness gate; make a binding with a shorter one`,
  };
}

function networkingIsIgnored({ networking }: BindingSpec): Finding | undefined {
  if (networking === undefined) return undefined;
  return {
    field: 'spec.networking',
    message:
      'has no effect: targetgate manages no security groups; let the load balancer reach the targets by rules of your own',
  };
}

function roleOfInstances({ iamRoleArnToAssume, targetType }: BindingSpec): Finding | undefined {
  if (iamRoleArnToAssume === undefined || targetType !== 'instance') return undefined;
  return {
    field: 'spec.iamRoleArnToAssume',
    message: 'a target group of another account cannot have instances of this one; use targetType ip',
  };
}

function serviceIsMissing(
  { serviceRef }: BindingSpec,
  { namespace, hasService }: Circumstances,
): Finding | undefined {
  if (hasService || serviceRef === undefined) return undefined;
  return {
    field: 'spec.serviceRef.name',
    message: `there is no service ${shown(serviceRef.name)} in namespace ${namespace} yet; create it, or change the name`,
  };
}
