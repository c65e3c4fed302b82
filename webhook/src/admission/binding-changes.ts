import { isDeepStrictEqual } from 'node:util';
import type { Names } from '@targetgate/shared/names';
import type { BindingAtAdmission, BindingSpec } from './binding-at-admission.ts';
import { isVpcId } from './binding-mistakes.ts';
import type { Finding } from './finding.ts';
import { isGroupArn, nameInArn } from './target-group-ref.ts';

/**
 * Whether an update changes anything that targetgate reads: the spec, or an annotation of the API group. All else
 * (labels, finalizers, other tools' annotations) must stay possible for a binding that would be refused today.
 */
export function asksForMore(before: BindingAtAdmission, after: BindingAtAdmission, names: Names): boolean {
  const own = ({ metadata }: BindingAtAdmission): readonly unknown[] =>
    Object.entries(metadata.annotations)
      .filter(([key]) => key.startsWith(names.annotation('')))
      .sort();
  return !isDeepStrictEqual(before.spec, after.spec) || !isDeepStrictEqual(own(before), own(after));
}

/**
 * The fields that an update may not change: a binding is of one target group, which takes one kind of target. LBC refuses
 * the same.
 *
 * | field                           | before                 | after                      | may it? |
 * | ------------------------------- | ---------------------- | -------------------------- | ------- |
 * | targetGroupARN, targetGroupName | none, or no ARN at all |                            | yes     |
 * |                                 | an ARN                 | the same, or only its name | yes     |
 * |                                 | a name                 | the same, or an ARN of it  | yes     |
 * | targetType                      | left out               |                            | yes     |
 * | ipAddressType                   | ipv4                   | left out, which means ipv4 | yes     |
 * | vpcID                           | left out, or no VPC ID |                            | yes     |
 * | any                             | otherwise              | something else             | no      |
 */
export function forbiddenChanges(before: BindingSpec, after: BindingSpec): readonly Finding[] {
  const family = ({ ipAddressType = 'ipv4' }: BindingSpec): string => ipAddressType;
  const changed = {
    [after.targetGroupARN === undefined ? 'targetGroupName' : 'targetGroupARN']: !isSameGroup(before, after),
    targetType: before.targetType !== undefined && before.targetType !== after.targetType,
    ipAddressType: family(before) !== family(after),
    vpcID: before.vpcID !== undefined && isVpcId(before.vpcID) && before.vpcID !== after.vpcID,
  };
  return Object.entries(changed)
    .filter(([, isChanged]) => isChanged)
    .map(([field]) => ({ field: `spec.${field}`, message: unchangeable }));
}

const unchangeable =
  'cannot change once it is set: make a second binding that has the new value, then delete this one';

function isSameGroup(before: BindingSpec, after: BindingSpec): boolean {
  const { targetGroupARN: arn, targetGroupName: name } = before;
  if (arn === undefined) return name === undefined || name === nameOf(after);
  if (!isGroupArn(arn)) return true;
  return after.targetGroupARN === undefined ? nameOf(after) === nameInArn(arn) : after.targetGroupARN === arn;
}

const nameOf = ({ targetGroupARN: arn, targetGroupName: name }: BindingSpec): string | undefined =>
  arn === undefined ? name : nameInArn(arn);
