import { moments, type PodTimeline } from '../../measure/pod-timeline.ts';
import type { Rollout } from '../measure/rollout.ts';
import { comparisonOf } from '../words/comparison.ts';
import { momentWords } from '../words/moments.ts';
import { titleOf } from '../words/title.ts';
import { tableLines } from '../../table.ts';

/** The timeline of each pod: a row of its moments, in seconds after the change. */
export function timelineLines({ pods, startedAt }: Pick<Rollout, 'pods' | 'startedAt'>): string[] {
  const row = ({ name, at }: PodTimeline): string[] => [
    `  ${name}`,
    ...moments.map((moment) => {
      const time = at[moment];
      if (time === undefined) return '';
      return time < startedAt ? 'before' : ((time - startedAt) / 1000).toFixed(2);
    }),
  ];
  return tableLines([['', ...moments.map((moment) => momentWords[moment])], ...pods.map(row)]);
}

/** The rollouts side by side. */
export function comparisonLines(rollouts: readonly Rollout[]): string[] {
  const rows = comparisonOf(rollouts).map(({ label, values, detail }) => [
    detail ? `    ${label}` : `  ${label}`,
    ...values,
  ]);
  return tableLines([['', ...rollouts.map(titleOf)], ...rows]);
}
