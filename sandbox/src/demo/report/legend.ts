import { moments } from '../../measure/pod-timeline.ts';
import { isOk, statusesOf } from '../measure/request-rate.ts';
import type { Rollout } from '../measure/rollout.ts';
import type { Stage } from '../measure/stage.ts';
import { momentWords } from '../words/moments.ts';
import { mark } from './marks.ts';
import { classOf } from './request-chart.ts';

/** Stages that last long enough to be seen. */
const shownStages: readonly (readonly [Stage, string])[] = [
  ['starting', 'starting'],
  ['checking', 'registered, not healthy yet'],
  ['serving', 'healthy: gets requests'],
  ['draining', 'deregistered, in its preStop'],
  ['ending', 'after SIGTERM'],
];

/** What is drawn beside a pod's bar: a thin line. */
const shownLines: readonly (readonly [string, string])[] = [
  ['drain', 'its target drains'],
  ['lost', 'requests to it fail'],
];

const swatch = (paint: string): string =>
  `<svg class="swatch" viewBox="0 0 22 10" aria-hidden="true"><rect class="${paint}" width="22" height="10"/></svg>`;

const thinSwatch = (paint: string): string =>
  `<svg class="swatch" viewBox="0 0 22 10" aria-hidden="true"><rect class="${paint}" y="4" width="22" height="3"/></svg>`;

const entry = (sign: string, words: string): string => `<li>${sign}<span>${words}</span></li>`;

/** What colours, patterns and signs mean. */
export function legend(rollouts: readonly Rollout[]): string {
  const statuses = [...new Set(rollouts.flatMap(({ traffic }) => statusesOf(traffic)))];
  const requests = statuses.map((status) =>
    entry(swatch(classOf(status)), /^\d+$/.test(status) ? `HTTP ${status}` : `connection ${status}`),
  );
  const failing = statuses.every(isOk) ? [] : [entry(swatch('failing'), 'requests fail')];
  const stages = shownStages.map(([stage, words]) => entry(swatch(stage), words));
  const lines = shownLines.map(([line, words]) => entry(thinSwatch(line), words));
  const signs = moments.map((moment) => {
    const sign = mark(moment, 8, 8, momentWords[moment]);
    return entry(
      `<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${sign}</svg>`,
      momentWords[moment],
    );
  });
  return `<div class="legend">
<div><h3>Requests</h3><ul>${[...requests, ...failing].join('')}</ul></div>
<div><h3>Pods</h3><ul>${[...stages, ...lines].join('')}</ul></div>
<div><h3>Moments</h3><ul>${signs.join('')}</ul></div>
</div>`;
}
