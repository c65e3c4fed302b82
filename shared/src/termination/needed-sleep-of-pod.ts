import type { Binding, Pod } from '../model/index.ts';
import type { Names } from '../names.ts';
import { defaultBindingSettings, rememberedGroupOf, settingsOfBinding } from '../resolve/index.ts';
import { longestOf, neededSleepOf, type NeededSleep } from './needed-sleep.ts';
import { wishOf } from './pod-wish.ts';

/**
 * The sleep that a pod needs for these bindings, all of which select it, by what their statuses say of their target
 * groups. The pod's own annotation decides about the profile first. Undefined without a binding.
 */
export function neededSleepOfPod(
  pod: Pick<Pod, 'endAnnotations'>,
  bindings: readonly Binding[],
  names: Names,
): NeededSleep | undefined {
  const { profile } = wishOf(pod, names);
  return longestOf(
    bindings.map((binding) => {
      const { settings } = settingsOfBinding(binding, names, defaultBindingSettings);
      const terminationProfile = profile ?? settings.terminationProfile;
      return neededSleepOf(binding, { ...settings, terminationProfile }, rememberedGroupOf(binding));
    }),
  );
}
