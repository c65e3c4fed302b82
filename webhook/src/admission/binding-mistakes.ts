import type { BindingSpec } from './binding-at-admission.ts';
import type { Finding } from './finding.ts';
import { isGroupArn } from './target-group-ref.ts';

/** The form of an IAM role's ARN; the name may stand behind a path. */
export const roleArn = /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/\S+$/;

export const isVpcId = (text: string): boolean => /^vpc-[0-9a-f]{8,}$/.test(text);

/** A mistake that a spec may have. The CRD's own rules say the same in the same words: where LBC's CRD is, it has none. */
interface Rule extends Finding {
  readonly isBroken: (spec: BindingSpec) => boolean;
}

const rules: readonly Rule[] = [
  {
    field: 'spec',
    isBroken: ({ targetGroupARN, targetGroupName }) =>
      targetGroupARN === undefined && targetGroupName === undefined,
    message: 'a binding needs a target group: set targetGroupARN or targetGroupName',
  },
  {
    field: 'spec.targetGroupARN',
    isBroken: ({ targetGroupARN: arn }) => arn !== undefined && !isGroupArn(arn),
    message:
      'must be the ARN of a target group: arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID',
  },
  {
    field: 'spec.iamRoleArnToAssume',
    isBroken: ({ iamRoleArnToAssume: arn }) => arn !== undefined && !roleArn.test(arn),
    message: 'must be the ARN of an IAM role: arn:aws:iam::ACCOUNT:role/NAME',
  },
  {
    field: 'spec.assumeRoleExternalId',
    isBroken: ({ assumeRoleExternalId, iamRoleArnToAssume }) =>
      assumeRoleExternalId !== undefined && iamRoleArnToAssume === undefined,
    message: 'is for assuming a role: set iamRoleArnToAssume, or leave it out',
  },
  {
    field: 'spec.vpcID',
    isBroken: ({ vpcID }) => vpcID !== undefined && !isVpcId(vpcID),
    message: 'must be the ID of a VPC: vpc- and 8 or more digits or letters a to f',
  },
  {
    field: 'spec.nodeSelector',
    isBroken: ({ nodeSelector, targetType }) => nodeSelector !== undefined && targetType === 'ip',
    message: 'selects instances: set targetType to instance, or leave it out',
  },
];

/** The fields of a spec that cannot be meant as they are; LBC refuses these, or its calls to AWS fail. */
export const mistakesOf = (spec: BindingSpec): readonly Finding[] =>
  rules.filter(({ isBroken }) => isBroken(spec)).map(({ field, message }) => ({ field, message }));
