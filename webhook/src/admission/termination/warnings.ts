import type { ContainerEnd, PodEnd, PreStop } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import { shortcomingsOf, type NeededSleep } from '@targetgate/shared/termination';
import { warningOf, type Warning, type WarningRule } from '../warning.ts';
import { graceFor, longestSleepOf } from './injected-end.ts';
import { listed, named, reasonFor } from './wording.ts';

/** A pod's end as it will be, and what decided about it. */
export interface Judged {
  readonly end: PodEnd;
  readonly need: NeededSleep;
  /** Whether containers without a hook were given a sleep. */
  readonly isInjected: boolean;
  /** The longest that they may be given, in seconds. */
  readonly longestSleepSeconds: number;
  readonly hasNativeSleep: boolean;
  readonly names: Names;
  /** What is wrong with the pod's annotation. */
  readonly mistake: string | undefined;
}

/** What is to be said about an end; undefined where that is nothing. */
interface Rule {
  readonly rule: WarningRule;
  readonly says: (judged: Judged) => string | undefined;
}

/** In the order in which they are shown. */
const rules: readonly Rule[] = [
  { rule: 'annotation_unreadable', says: ({ mistake }) => mistake },
  { rule: 'drain_not_known', says: drainNotKnown },
  { rule: 'sleep_capped', says: sleepCapped },
  { rule: 'sleep_missing', says: sleepMissing },
  { rule: 'sleep_too_short', says: sleepTooShort },
  { rule: 'hook_of_unknown_length', says: hookOfUnknownLength },
  { rule: 'grace_too_short', says: graceTooShort },
];

/** What keeps a pod's end from outlasting the drain, or may do so, and the remedy: at most one line for each rule. */
export const warningsOfEnd = (judged: Judged): readonly Warning[] =>
  rules.flatMap(({ rule, says }) => {
    const text = says(judged);
    return text === undefined ? [] : [warningOf(rule, text)];
  });

function drainNotKnown({ need }: Judged): string | undefined {
  if (need.unknown === undefined) return undefined;
  return `the status of binding ${named(need.unknown)} does not say yet how its target group drains, so ${need.seconds} s of preStop are taken for enough: restart the pod when it does`;
}

/**
 * Whether a container sleeps as long as is given at most, and that is too short. By the sleep itself, as a pod that is
 * seen again (reinvocation) has what it was given the first time.
 */
const isCapped = ({ end, need, isInjected, longestSleepSeconds }: Judged): boolean =>
  isInjected &&
  tooShort(end, need.seconds, 'sleep').some(
    ({ preStop }) => preStop.kind === 'sleep' && preStop.seconds >= longestSleepSeconds,
  );

/** The sleep that is asked for: not more than is given, where the cap has a line of its own. */
const enough = (judged: Judged): number =>
  isCapped(judged) ? judged.longestSleepSeconds : judged.need.seconds;

function sleepCapped(judged: Judged): string | undefined {
  if (!isCapped(judged)) return undefined;
  const { need, longestSleepSeconds, names } = judged;
  const remedy = {
    'deregistration delay': 'deregistration_delay.timeout_seconds (aws elbv2 modify-target-group-attributes)',
    'routing margin': `its annotation ${names.annotation('routing-margin')}`,
  }[need.because];
  return `${reasonFor(need)}, but ${longestSleepSeconds} s is the longest sleep that is added: lower ${remedy}, or raise LONGEST_SLEEP`;
}

function sleepMissing({ end, need, hasNativeSleep, names }: Judged): string | undefined {
  const [first, ...more] = tooShort(end, need.seconds, 'none');
  if (first === undefined) return undefined;
  const remedy = hasNativeSleep
    ? `set preStop.sleep.seconds to ${need.seconds}, or namespace label ${names.terminationLabel}=enabled`
    : `let preStop.exec run sleep ${need.seconds}, as Kubernetes before 1.30 has no native sleep to add`;
  return `${listed(first, more)} has no preStop, but ${reasonFor(need)}: ${remedy}`;
}

function sleepTooShort(judged: Judged): string | undefined {
  const { end, need, isInjected } = judged;
  const seconds = enough(judged);
  const [first, ...more] = tooShort(end, seconds, 'sleep');
  if (first?.preStop.kind !== 'sleep') return undefined;
  const remedy = `make it ${seconds} s${isInjected ? ', or leave it out' : ''}`;
  return `preStop of ${listed(first, more)} sleeps for ${first.preStop.seconds} s, but ${reasonFor(need)}: ${remedy}`;
}

const tooShort = (end: PodEnd, seconds: number, kind: PreStop['kind']): readonly ContainerEnd[] =>
  shortcomingsOf(end, seconds).tooShort.filter(({ preStop }) => preStop.kind === kind);

function hookOfUnknownLength({ end, need }: Judged): string | undefined {
  const [first, ...more] = shortcomingsOf(end, need.seconds).unknown;
  if (first === undefined) return undefined;
  return `preStop of ${listed(first, more)} must last at least ${need.seconds} s, as ${reasonFor(need)}; how long it does is not known here`;
}

function graceTooShort(judged: Judged): string | undefined {
  const { end } = judged;
  const seconds = enough(judged);
  if (!shortcomingsOf(end, seconds).graceTooShort) return undefined;
  const sleep = Math.max(seconds, longestSleepOf(end));
  return `terminationGracePeriodSeconds is ${end.graceSeconds}, but preStop needs ${sleep} s of it, and the application what is left: set it to ${graceFor(end, sleep)}`;
}
