import { round } from './round.ts';

/** Where a chart's times are: pictures with the same axis can be compared by eye. */
export interface TimeAxis {
  /** The chart's whole width, labels on the left included. */
  readonly width: number;
  readonly left: number;
  /** The horizontal place of a time, in milliseconds after the change; times outside are moved to the edge. */
  readonly x: (ms: number) => number;
  /** Whole seconds to label. */
  readonly ticks: readonly number[];
}

const width = 660;
const left = 58;
const right = 12;

/** An axis over a span of milliseconds after the change. */
export function timeAxis(fromMs: number, toMs: number): TimeAxis {
  const scale = (width - left - right) / (toMs - fromMs);
  const stepSeconds = [1, 2, 5, 10, 20, 60].find((step) => (toMs - fromMs) / 1000 / step <= 10) ?? 120;
  const ticks: number[] = [];
  for (let tick = 0; tick * 1000 <= toMs; tick += stepSeconds) ticks.push(tick);
  return {
    width,
    left,
    ticks,
    x: (ms) => round(left + (Math.min(Math.max(ms, fromMs), toMs) - fromMs) * scale),
  };
}

/** The grid of an axis, with its labels below `height`. */
export function axisLines({ ticks, x }: TimeAxis, height: number): string {
  const lines = ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(tick * 1000)}" x2="${x(tick * 1000)}" y1="0" y2="${height}"/>` +
      `<text class="tick" x="${x(tick * 1000)}" y="${height + 15}" text-anchor="middle">${tick} s</text>`,
  );
  return lines.join('');
}

/** The two moments of the rollout itself: the change, and when it was complete. With labels where there is room. */
export function rolloutLines({ x }: TimeAxis, completeMs: number, height: number, labels: boolean): string {
  const line = (at: number): string =>
    `<line class="event" x1="${x(at)}" x2="${x(at)}" y1="${labels ? -16 : 0}" y2="${height}"/>`;
  const text = (at: number, words: string, anchor: 'start' | 'end'): string =>
    `<text class="event-name" x="${x(at) + (anchor === 'start' ? 4 : -4)}" y="-9" text-anchor="${anchor}">${words}</text>`;
  const names = labels ? text(0, 'change', 'end') + text(completeMs, 'complete', 'start') : '';
  return line(0) + line(completeMs) + names;
}
