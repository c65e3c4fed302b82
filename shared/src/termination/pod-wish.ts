import type { Pod } from '../model/index.ts';
import type { Names } from '../names.ts';
import type { TerminationProfile } from './needed-sleep.ts';

/** What a pod's own annotation asks for. */
export interface PodWish {
  /** Whether a sleep is injected: undefined where that is left to its namespace. */
  readonly isInjected: boolean | undefined;
  /** In place of the profile of its bindings. */
  readonly profile: TerminationProfile | undefined;
  /** What is wrong with the annotation: it counts as left out. */
  readonly mistake: string | undefined;
}

/**
 * Reads a pod's annotation `<group>/graceful-termination`.
 *
 * | value    | injected          | profile      |
 * | -------- | ----------------- | ------------ |
 * | none     | as the namespace  | the bindings' |
 * | disabled | no                | the bindings' |
 * | enabled  | yes               | the bindings' |
 * | drain    | yes               | drain        |
 * | routing  | yes               | routing      |
 */
export function wishOf({ endAnnotations }: Pick<Pod, 'endAnnotations'>, names: Names): PodWish {
  const name = names.terminationLabel;
  const value = endAnnotations[name];
  const none = { isInjected: undefined, profile: undefined, mistake: undefined };
  switch (value?.trim()) {
    case undefined:
      return none;
    case 'disabled':
      return { ...none, isInjected: false };
    case 'enabled':
      return { ...none, isInjected: true };
    case 'drain':
      return { ...none, isInjected: true, profile: 'drain' };
    case 'routing':
      return { ...none, isInjected: true, profile: 'routing' };
    default: {
      const mistake = `annotation ${name} is ${JSON.stringify(value)}: it must be enabled, disabled, drain or routing`;
      return { ...none, mistake };
    }
  }
}
