import { styleText } from 'node:util';
import type { PodTimeline } from '../../measure/pod-timeline.ts';
import type { Pulse } from '../measure/pulse.ts';
import { stageAt, stages } from '../measure/stage.ts';
import { count, seconds } from '../words/numbers.ts';
import { looks, timeBar } from './time-bar.ts';

/** A rollout at one moment. */
export interface Picture {
  readonly title: string;
  readonly now: number;
  readonly startedAt: number | undefined;
  readonly pods: readonly PodTimeline[];
  readonly pulse: Pulse;
}

const barWidth = 44;
/** A rollout begins 2 s into the bar, and should fit; one that takes longer is squeezed. */
const leadMs = 2000;
const shownMs = 46_000;

/** Draws a rollout: the requests, then a row per pod with its time bar and its stage. */
export function drawPicture({ title, now, startedAt, pods, pulse }: Picture, rows: number): string[] {
  const from = (startedAt ?? now) - leadMs;
  const bar = { from, to: Math.max(from + shownMs, now), now, width: barWidth };
  const failed = `${count(pulse.failed)} failed`;
  const head = [
    styleText('bold', title),
    startedAt === undefined ? 'traffic flows' : seconds(now - startedAt),
    `${count(pulse.perSecond)} requests/s`,
    `${count(pulse.answered)} answered`,
    pulse.failed > 0 ? styleText(['red', 'bold'], failed) : failed,
  ];
  const legend = stages.map((stage) => `${styleText(looks[stage].format, looks[stage].glyph)} ${stage}`);
  // What is left of the screen belongs to the pods that moved last: the new ones.
  const shown = pods.slice(-Math.max(1, rows - 5));
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  const lines = shown.map(
    (pod) =>
      `  ${pod.name.padEnd(width)} ${timeBar(pod, bar)} ${stageAt(pod, now) ?? styleText('gray', 'gone')}`,
  );
  return [head.join('  '), '', ...lines, '', `  ${legend.join('  ')}`];
}
