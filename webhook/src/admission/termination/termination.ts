import type { Binding, PodEnd } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { neededSleepOfPod, wishOf } from '@targetgate/shared/termination';
import type { Warning } from '../warning.ts';
import { injectedEnd } from './injected-end.ts';
import { warningsOfEnd } from './warnings.ts';

/** A pod that does not exist yet, and what decides about its end. */
export interface TerminationInput {
  readonly end: PodEnd;
  readonly annotations: Readonly<Record<string, string>>;
  /** All that select it. */
  readonly bindings: readonly Binding[];
  /** Whether its namespace asks for terminations that outlast the drain. */
  readonly isAsked: boolean;
}

/** What holds for all pods. */
export interface TerminationRules {
  readonly names: Names;
  /** No pod is made to sleep for longer, in seconds: else one with a delay of an hour would take an hour to go. */
  readonly longestSleepSeconds: number;
  /** Whether the API server knows preStop.sleep. An older one drops it, and then refuses the hook for being empty. */
  readonly hasNativeSleep: boolean;
}

/** How a pod is to end, and what its user is told about it. */
export interface Termination {
  /** The end that was asked about, the very same value, where nothing is injected. */
  readonly end: PodEnd;
  /** The sleep that its containers without a hook are given, in seconds; undefined where none is. */
  readonly given: number | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Decides how a pod ends.
 *
 * | bindings | annotation              | namespace asks | native sleep | outcome                                     |
 * | -------- | ----------------------- | -------------- | ------------ | ------------------------------------------- |
 * | none     |                         |                |              | -                                           |
 * | some     | disabled                |                |              | -                                           |
 * | some     | any other, or none      |                | no           | warnings                                    |
 * | some     | enabled, drain, routing |                | yes          | injected; warnings of what that cannot mend |
 * | some     | none, or unreadable     | yes            | yes          | injected; warnings of what that cannot mend |
 * | some     | none, or unreadable     | no             | yes          | warnings                                    |
 */
export function terminationOf(
  { end, annotations, bindings, isAsked }: TerminationInput,
  { names, longestSleepSeconds, hasNativeSleep }: TerminationRules,
): Termination {
  const pod = { endAnnotations: annotations };
  const wish = wishOf(pod, names);
  const need = neededSleepOfPod(pod, bindings, names);
  if (need === undefined || wish.isInjected === false) return { end, given: undefined, warnings: [] };

  const isInjected = (wish.isInjected ?? isAsked) && hasNativeSleep;
  const seconds = Math.min(need.seconds, longestSleepSeconds);
  const after = isInjected ? injectedEnd(end, seconds) : end;
  const { mistake } = wish;
  const judged = { end: after, need, isInjected, longestSleepSeconds, hasNativeSleep, names, mistake };
  return { end: after, given: isGiven(end, after) ? seconds : undefined, warnings: warningsOfEnd(judged) };
}

/** Whether a container has a sleep that it had not; a pod of which each has a hook may still get a longer grace. */
const isGiven = (before: PodEnd, after: PodEnd): boolean =>
  after.containers.some(({ preStop }, index) => preStop !== before.containers[index]?.preStop);
