import type { LogScale } from './scale.ts';
import { px, short } from './text.ts';

/** Where a value is, in pixels. */
export interface Point {
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

/** The edges of a plot, in pixels. */
interface Plot {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line for each power of ten of the values, and the numbers of both axes. */
export const ticksSvg = ({ left, right, bottom }: Plot, x: LogScale, y: LogScale): string[] => [
  ...y.ticks.flatMap((tick) => {
    const at = px(y.at(tick));
    return [
      `<line class="axis" x1="${left}" y1="${at}" x2="${right}" y2="${at}"/>`,
      `<text class="s" x="${left - 6}" y="${px(y.at(tick) + 4)}" text-anchor="end">${short(tick)}</text>`,
    ];
  }),
  ...x.ticks.map(
    (tick) =>
      `<text class="s" x="${px(x.at(tick))}" y="${bottom + 30}" text-anchor="middle">${short(tick)} pods</text>`,
  ),
];

/** What would grow as the pods do, as far as the plot is high. */
export function guideSvg(
  first: number,
  pods: readonly number[],
  { x, y }: { readonly x: LogScale; readonly y: LogScale },
): string {
  const [fewest = 1, most = 1] = [pods[0], pods.at(-1)];
  const times = Math.min(most / fewest, Math.max(...y.ticks) / first);
  const ends = [1, times].map((share) => `${px(x.at(fewest * share))},${px(y.at(first * share))}`);
  return `<polyline class="guide" points="${ends.join(' ')}"/>`;
}

export const lineSvg = (line: 'pods' | 'bindings', points: readonly Point[]): string[] => [
  `<polyline class="${line}" points="${points.map(({ x, y }) => `${px(x)},${px(y)}`).join(' ')}"/>`,
  ...points.map(({ x, y }) => `<circle class="${line}" cx="${px(x)}" cy="${px(y)}" r="3.5"/>`),
];

/** The numbers at the points: those of the higher line above it, those of the other below. Both begin with one. */
export const valuesSvg = (pods: readonly Point[], bindings: readonly Point[]): string[] =>
  pods.flatMap((pod, step) => {
    const binding = bindings[step];
    if (binding === undefined) return [];
    const isPodHigher = pod.y < binding.y;
    const above = isPodHigher ? pod : binding;
    const below = isPodHigher ? binding : pod;
    const [up, down] = isPodHigher ? ['pods', 'bindings'] : ['bindings', 'pods'];
    const value = (line: string | undefined, { x, value }: Point, y: number): string =>
      `<text class="v ${line}" x="${px(x)}" y="${px(y)}" text-anchor="middle">${short(value)}</text>`;
    if (step === 0)
      return [
        `<text class="v" x="${px(pod.x)}" y="${px(pod.y - 9)}" text-anchor="middle">${short(pod.value)}</text>`,
      ];
    return [value(up, above, above.y - 9), value(down, below, below.y + 18)];
  });
