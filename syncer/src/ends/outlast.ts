import type { Pod } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import type { Resolution } from '@targetgate/shared/resolve';
import { shortcomingsOf, slackSeconds, type NeededSleep } from '@targetgate/shared/termination';

/** Whether the terminations of a binding's pods outlast the drain of its target group, for people. */
export interface Outlasting {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason:
    'AllOutlast' | 'SleepTooShort' | 'GraceTooShort' | 'HookOfUnknownLength' | 'DelayNotKnown' | 'NoPods';
  readonly message: string;
}

/** What people call things, and what pods need. */
export interface OutlastingContext {
  readonly groupName: string;
  readonly names: Pick<Names, 'terminationLabel'>;
  readonly needOf: (pod: Pod) => NeededSleep;
}

/**
 * What a binding's status says of the ends of its pods that stay; the first row that fits.
 *
 * | some pod's sleep | some pod's grace | the drain | some pod's hook | status  | reason              |
 * | ---------------- | ---------------- | --------- | --------------- | ------- | ------------------- |
 * | there is no pod  |                  |           |                 | Unknown | NoPods              |
 * | is too short     |                  |           |                 | False   | SleepTooShort       |
 * |                  | is too short     |           |                 | False   | GraceTooShort       |
 * |                  |                  | not known |                 | Unknown | DelayNotKnown       |
 * |                  |                  | known     | is another one  | Unknown | HookOfUnknownLength |
 * |                  |                  | known     | is a sleep      | True    | AllOutlast          |
 *
 * Undefined where the binding's targets are no pods.
 */
export function outlastingOf(
  { candidates = [] }: Resolution,
  { groupName, names, needOf }: OutlastingContext,
): Outlasting | undefined {
  if (candidates.some(({ subject }) => subject.kind !== 'pod')) return undefined;
  const pods = candidates
    .filter(({ registration }) => registration !== 'leaving')
    .flatMap(({ pod }) => pod ?? []);
  const judged = pods.map((pod) => {
    const need = needOf(pod);
    return { name: pod.name, need, ...shortcomingsOf(pod.end, need.seconds) };
  });
  const [longest] = judged.map(({ need }) => need).toSorted((a, b) => b.seconds - a.seconds);
  if (longest === undefined) return { status: 'Unknown', reason: 'NoPods', message: 'no pods are selected' };

  const { seconds } = longest;
  const isKnown = judged.every(({ need }) => need.unknown === undefined);
  const drained = `target group ${groupName} has drained (${seconds - slackSeconds} s${isKnown ? '' : ' at least'})`;
  const some = (which: typeof judged): string => `${which.length} of ${judged.length} pods`;
  const who = (which: typeof judged): string => namesOf(which.map(({ name }) => name));

  const short = judged.filter(({ tooShort }) => tooShort.length > 0);
  if (short.length > 0) {
    const message = `${some(short)} get SIGTERM before ${drained}: ${who(short)}; set preStop.sleep.seconds to ${seconds} and a longer terminationGracePeriodSeconds, or label the namespace ${names.terminationLabel}=enabled, and restart them`;
    return { status: 'False', reason: 'SleepTooShort', message };
  }
  const cut = judged.filter(({ graceTooShort }) => graceTooShort);
  if (cut.length > 0) {
    const message = `${some(cut)} have a grace period that is over before their preStop hook, or before ${drained}: ${who(cut)}; make terminationGracePeriodSeconds longer than both`;
    return { status: 'False', reason: 'GraceTooShort', message };
  }
  if (!isKnown) {
    const message = `how long target group ${groupName} drains is not known yet: preStop hooks need ${seconds} s at least`;
    return { status: 'Unknown', reason: 'DelayNotKnown', message };
  }
  const other = judged.filter(({ unknown }) => unknown.length > 0);
  if (other.length > 0) {
    const message = `${some(other)} have a preStop hook of which only they know how long it takes: ${who(other)}; it must last ${seconds} s`;
    return { status: 'Unknown', reason: 'HookOfUnknownLength', message };
  }
  return { status: 'True', reason: 'AllOutlast', message: `all pods get SIGTERM after ${drained}` };
}

/** The first few say enough. */
const shown = 3;

function namesOf(names: readonly string[]): string {
  const more = names.length > shown ? `, and ${names.length - shown} more` : '';
  return names.slice(0, shown).join(', ') + more;
}
