import { moments, type PodTimeline } from '../../measure/pod-timeline.ts';
import { isOk } from '../measure/request-rate.ts';
import { isOld, type Rollout } from '../measure/rollout.ts';
import { stageSpans } from '../measure/stage.ts';
import { momentWords } from '../words/moments.ts';
import { escape } from './escape.ts';
import { isWide, mark } from './marks.ts';
import { drainLine, failureLines } from './pod-lines.ts';
import { round } from './round.ts';
import { axisLines, rolloutLines, type TimeAxis } from './time-axis.ts';

const rowHeight = 18;
const barHeight = 9;
/** Between the pods of the old and of the new version. */
const gap = 12;

/** The life of each pod as a bar of its stages, with the moments on it; behind, when requests failed. */
export function podChart(rollout: Rollout, axis: TimeAxis): string {
  const old = rollout.pods
    .filter((pod) => isOld(pod, rollout))
    .sort((a, b) => (a.at.deleted ?? Infinity) - (b.at.deleted ?? Infinity));
  const fresh = rollout.pods.filter((pod) => !isOld(pod, rollout));
  const height = rollout.pods.length * rowHeight + gap;
  const rows = [
    ...old.map((pod, index) => podRow(pod, rollout, axis, index * rowHeight)),
    ...fresh.map((pod, index) => podRow(pod, rollout, axis, (old.length + index) * rowHeight + gap)),
  ];
  const divide = round(old.length * rowHeight + gap / 2);
  return (
    `<svg viewBox="0 -6 ${axis.width} ${height + 28}" role="img" aria-label="The life of each pod">` +
    failureBands(rollout, axis, height) +
    axisLines(axis, height) +
    rolloutLines(axis, rollout.completeAt - rollout.startedAt, height, false) +
    `<line class="divide" x1="0" x2="${axis.width}" y1="${divide}" y2="${divide}"/>` +
    groupName('old', 0, old.length * rowHeight) +
    groupName('new', old.length * rowHeight + gap, height) +
    `${rows.join('')}</svg>`
  );
}

function podRow(pod: PodTimeline, rollout: Rollout, axis: TimeAxis, top: number): string {
  const { startedAt, endedAt } = rollout;
  const middle = round(top + rowHeight / 2);
  const seconds = (at: number): string => `${((at - startedAt) / 1000).toFixed(2)} s`;
  const bars = stageSpans(pod).map(({ stage, from, to = endedAt }) => {
    const [left, right] = [axis.x(from - startedAt), axis.x(to - startedAt)];
    return (
      `<rect class="${stage}" x="${left}" y="${round(middle - barHeight / 2)}" ` +
      `width="${round(Math.max(0, right - left))}" height="${barHeight}"/>`
    );
  });
  const lines =
    drainLine(pod, rollout, axis, middle + barHeight / 2 + 1) + failureLines(pod, rollout, axis, middle);
  const known = moments.flatMap((moment) => {
    const at = pod.at[moment];
    return at === undefined ? [] : [{ moment, at }];
  });
  const marks = known
    .filter(({ at }) => at >= startedAt)
    .sort((a, b) => Number(isWide(b.moment)) - Number(isWide(a.moment)))
    .map(({ moment, at }) =>
      mark(moment, axis.x(at - startedAt), middle, `${pod.name}: ${momentWords[moment]} at ${seconds(at)}`),
    );
  const life = known.map(({ moment, at }) => `${momentWords[moment]} ${seconds(at)}`).join('\n');
  return (
    `<g><title>${escape(`${pod.name}\n${life}`)}</title>` +
    `<text class="pod" x="${axis.left - 6}" y="${middle + 3.5}" text-anchor="end">${escape(shortName(pod))}</text>` +
    `${bars.join('')}${lines}</g>${marks.join('')}`
  );
}

/** What tells the pods of a Deployment apart: the last part of their names. */
const shortName = ({ name }: PodTimeline): string => name.slice(name.lastIndexOf('-') + 1);

function failureBands({ rate, startedAt }: Rollout, axis: TimeAxis, height: number): string {
  return rate
    .filter(({ counts }) => Object.keys(counts).some((status) => !isOk(status)))
    .map(({ at, ms }) => {
      const [from, to] = [axis.x(at - startedAt), axis.x(at + ms - startedAt)];
      return `<rect class="failing" x="${from}" y="0" width="${round(to - from)}" height="${height}"/>`;
    })
    .join('');
}

function groupName(name: string, top: number, bottom: number): string {
  const y = round((top + bottom) / 2);
  return `<text class="group" transform="translate(9 ${y}) rotate(-90)" text-anchor="middle">${name}</text>`;
}
