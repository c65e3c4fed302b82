import type { PodTimeline } from '../../measure/pod-timeline.ts';
import type { Rollout } from '../measure/rollout.ts';
import { round } from './round.ts';
import type { TimeAxis } from './time-axis.ts';

/** As fine as a screen shows. */
const spanMs = 200;

/** A thin line below a pod's bar while its target drains, which is what SIGTERM should come after. */
export function drainLine(
  pod: PodTimeline,
  { startedAt, endedAt }: Rollout,
  axis: TimeAxis,
  y: number,
): string {
  const { deregistered, drained = endedAt } = pod.at;
  if (deregistered === undefined) return '';
  const [from, to] = [axis.x(deregistered - startedAt), axis.x(drained - startedAt)];
  return line('drain', { from, to, y, height: 2 });
}

/** A line along the middle of a pod's row, past the end of its bar, where requests to it failed. */
export function failureLines(
  { uid }: PodTimeline,
  { failures, startedAt }: Rollout,
  axis: TimeAxis,
  middle: number,
): string {
  const spans = failures
    .filter(({ pod }) => pod === uid)
    .map(({ at }) => Math.floor((at - startedAt) / spanMs));
  return [...new Set(spans)]
    .map((span) => {
      const [from, to] = [axis.x(span * spanMs), axis.x((span + 1) * spanMs)];
      return line('lost', { from, to, y: middle - 2, height: 4 });
    })
    .join('');
}

interface Extent {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
}

const line = (paint: string, { from, to, y, height }: Extent): string =>
  `<rect class="${paint}" x="${from}" y="${round(y)}" width="${round(Math.max(0, to - from))}" height="${height}"/>`;
