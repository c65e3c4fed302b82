import type { KnownGroup } from '@targetgate/shared/resolve';
import type { BindingSpec } from './binding-at-admission.ts';

/** The form of a target group's ARN; a name has letters, digits and hyphens (the CreateTargetGroup API). */
export const groupArn =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup\/([A-Za-z0-9-]+)\/[0-9a-f]+$/;

export const isGroupArn = (text: string): boolean => groupArn.test(text);

/** The name that a target group's ARN carries; undefined where it is no such ARN. */
export const nameInArn = (arn: string): string | undefined => groupArn.exec(arn)?.[1];

/** The target group that a spec names, or nothing: the ARN wins, as in LBC. */
export function groupOf({ targetGroupARN, targetGroupName }: BindingSpec): KnownGroup {
  if (targetGroupARN !== undefined) return { arn: targetGroupARN };
  return targetGroupName === undefined ? {} : { name: targetGroupName };
}
