import type { Binding, TargetGroupFacts, TargetGroupRef, TargetGroupSummary } from '../model/index.ts';

/**
 * The type of a binding's targets: what the binding says, else what its group is, else what its status remembers of
 * that very group (a group's type never changes). `ip` or `instance`, or a type that bindings cannot have; undefined
 * while it is not known.
 */
export function targetTypeOf(
  { targetType, targetGroup, status }: Pick<Binding, 'targetType' | 'targetGroup' | 'status'>,
  group: Pick<TargetGroupFacts, 'targetType'> | undefined,
): string | undefined {
  if (targetType !== undefined) return targetType;
  if (group !== undefined) return group.targetType;
  const { targetGroup: remembered } = status;
  return remembered && targetGroup && isOf(remembered, targetGroup) ? remembered.targetType : undefined;
}

/** An ARN has the group's name in it: arn:...:targetgroup/NAME/ID. */
const isOf = ({ arn }: TargetGroupSummary, ref: TargetGroupRef): boolean =>
  ref.by === 'arn' ? ref.arn === arn : arn.split('/')[1] === ref.name;
