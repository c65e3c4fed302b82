import { targetGroupNameIn, type Binding, type Pod, type TargetGroupFacts } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { rememberedGroupOf, type BindingSettings } from '@targetgate/shared/resolve';
import { neededSleepOf, wishOf, type KnownDrain, type NeededSleep } from '@targetgate/shared/termination';

/** What decides how long the pods of a binding must go on after their deletion. */
export interface Drain {
  readonly binding: Binding;
  readonly settings: BindingSettings;
  /** What ELB has said of the group; undefined: what the binding's status remembers counts. */
  readonly facts: TargetGroupFacts | undefined;
  readonly names: Names;
}

/** The sleep that a pod needs for this one binding. Its own annotation decides about the profile first. */
export function needOf(
  pod: Pick<Pod, 'endAnnotations'>,
  { binding, settings, facts, names }: Drain,
): NeededSleep {
  const terminationProfile = wishOf(pod, names).profile ?? settings.terminationProfile;
  const group = facts ? drainOf(facts) : rememberedGroupOf(binding);
  return neededSleepOf(binding, { ...settings, terminationProfile }, group);
}

const drainOf = ({ protocol, deregistrationDelaySeconds }: TargetGroupFacts): KnownDrain => ({
  ...(protocol !== undefined && { protocol }),
  ...(deregistrationDelaySeconds !== undefined && { deregistrationDelaySeconds }),
});

/** What people call the group that a binding means: its ARN has the name in it. */
export function groupNameOf({ targetGroup }: Pick<Binding, 'targetGroup'>): string {
  if (targetGroup === undefined) return 'of no name';
  return targetGroup.by === 'name'
    ? targetGroup.name
    : (targetGroupNameIn(targetGroup.arn) ?? targetGroup.arn);
}
