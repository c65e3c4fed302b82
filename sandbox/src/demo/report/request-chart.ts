import { isOk, statusesOf } from '../measure/request-rate.ts';
import type { Rollout } from '../measure/rollout.ts';
import { count } from '../words/numbers.ts';
import { escape } from './escape.ts';
import { round } from './round.ts';
import { axisLines, rolloutLines, type TimeAxis } from './time-axis.ts';

const height = 130;

/** The class that paints a status: one for what is well, one for each kind of failure. */
export function classOf(status: string): string {
  if (isOk(status)) return 'ok';
  return /^50[234]$/.test(status) ? `http-${status}` : 'broken';
}

/** The highest rate that all rollouts need to show, in requests a second: a round number. */
export function highestRate(rollouts: readonly Pick<Rollout, 'rate'>[]): number {
  const rates = rollouts.flatMap(({ rate }) =>
    rate.map(({ ms, counts }) => (1000 * Object.values(counts).reduce((sum, each) => sum + each, 0)) / ms),
  );
  return Math.ceil(Math.max(100, ...rates) / 100) * 100;
}

/** Requests a second by status over time, stacked: failures stand on top. */
export function requestChart(rollout: Rollout, axis: TimeAxis, highest: number): string {
  const { rate, startedAt, completeAt, traffic } = rollout;
  const y = (value: number): number => round(height - (value / highest) * height);
  const statuses = statusesOf(traffic);

  const bars = rate.flatMap(({ at, ms, counts }) => {
    let below = 0;
    const [from, to] = [axis.x(at - startedAt), axis.x(at + ms - startedAt)];
    return statuses.flatMap((status) => {
      const requests = counts[status] ?? 0;
      if (requests === 0 || to <= from) return [];
      const perSecond = (1000 * requests) / ms;
      const top = y(below + perSecond);
      const bar =
        `<rect class="${classOf(status)}" x="${from}" y="${top}" width="${round(to - from)}" ` +
        `height="${round(y(below) - top)}"><title>${title(status, requests, at - startedAt, ms)}</title></rect>`;
      below += perSecond;
      return [bar];
    });
  });
  const levels = [0, highest / 2, highest].map(
    (level) =>
      `<line class="grid" x1="${axis.left}" x2="${axis.width}" y1="${y(level)}" y2="${y(level)}"/>` +
      `<text class="tick" x="${axis.left - 8}" y="${y(level) + 4}" text-anchor="end">${count(level)}/s</text>`,
  );
  return (
    `<svg viewBox="0 -20 ${axis.width} ${height + 40}" role="img" aria-label="Requests a second by status">` +
    `${axisLines(axis, height)}${levels.join('')}${bars.join('')}` +
    `${rolloutLines(axis, completeAt - startedAt, height, true)}</svg>`
  );
}

const title = (status: string, requests: number, from: number, ms: number): string =>
  escape(`${requests} × ${status}, ${(from / 1000).toFixed(1)} to ${((from + ms) / 1000).toFixed(1)} s`);
