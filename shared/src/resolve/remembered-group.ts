import {
  targetGroupNameIn,
  type Binding,
  type TargetGroupRef,
  type TargetGroupSummary,
} from '../model/index.ts';

/** What a binding's status remembers of the very group that its spec names; undefined where that is nothing. */
export function rememberedGroupOf({
  targetGroup,
  status,
}: Pick<Binding, 'targetGroup' | 'status'>): TargetGroupSummary | undefined {
  const { targetGroup: remembered } = status;
  return remembered && targetGroup && isOf(remembered, targetGroup) ? remembered : undefined;
}

const isOf = ({ arn }: TargetGroupSummary, ref: TargetGroupRef): boolean =>
  ref.by === 'arn' ? ref.arn === arn : targetGroupNameIn(arn) === ref.name;
