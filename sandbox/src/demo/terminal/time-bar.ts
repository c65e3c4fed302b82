import { styleText } from 'node:util';
import type { PodTimeline } from '../../measure/pod-timeline.ts';
import { stageAt, type Stage } from '../measure/stage.ts';

type Format = Parameters<typeof styleText>[0];

/** Each stage has a glyph of its own, so that the picture can be read without colours. */
export const looks: Readonly<Record<Stage, { readonly glyph: string; readonly format: Format }>> = {
  starting: { glyph: '·', format: 'gray' },
  waiting: { glyph: '-', format: 'yellow' },
  checking: { glyph: '░', format: 'yellow' },
  serving: { glyph: '█', format: 'blue' },
  leaving: { glyph: '!', format: 'red' },
  draining: { glyph: '▒', format: 'magenta' },
  ending: { glyph: '×', format: 'gray' },
};

/** The stages of a pod from one time to another (epoch milliseconds), one character for each equal part of it. */
export function timeBar(
  pod: PodTimeline,
  { from, to, now, width }: { from: number; to: number; now: number; width: number },
): string {
  const step = (to - from) / width;
  let bar = '';
  for (let column = 0; column < width; column++) {
    const time = from + column * step;
    const stage = time > now ? undefined : stageAt(pod, time);
    bar += stage ? styleText(looks[stage].format, looks[stage].glyph) : ' ';
  }
  return bar;
}
