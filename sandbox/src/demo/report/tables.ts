import { moments } from '../../measure/pod-timeline.ts';
import type { Rollout } from '../measure/rollout.ts';
import { comparisonOf } from '../words/comparison.ts';
import { momentWords } from '../words/moments.ts';
import { titleOf } from '../words/title.ts';
import { escape } from './escape.ts';

/** The numbers of the rollouts side by side. */
export function comparisonTable(rollouts: readonly Rollout[]): string {
  const head = rollouts.map((rollout) => `<th scope="col">${titleOf(rollout)}</th>`).join('');
  const rows = comparisonOf(rollouts).map(
    ({ label, values, detail }) =>
      `<tr${detail ? ' class="detail"' : ''}><th scope="row">${escape(label)}</th>` +
      `${values.map((value) => `<td>${escape(value)}</td>`).join('')}</tr>`,
  );
  return `<table><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

/** The moments of each pod, in seconds after the change. */
export function momentsTable({ pods, startedAt }: Rollout): string {
  const head = moments.map((moment) => `<th scope="col">${momentWords[moment]}</th>`).join('');
  const rows = pods.map(({ name, at }) => {
    const cells = moments.map((moment) => `<td>${secondsAfter(startedAt, at[moment])}</td>`);
    return `<tr><th scope="row">${escape(name)}</th>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function secondsAfter(start: number, at: number | undefined): string {
  if (at === undefined) return '';
  return at < start ? '<span class="before">before</span>' : ((at - start) / 1000).toFixed(2);
}
