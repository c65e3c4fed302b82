import { guideSvg, lineSvg, ticksSvg, valuesSvg, type Point } from './marks.ts';
import { logScale, type Decades } from './scale.ts';

/** How one measure grows. */
export interface Panel {
  readonly title: string;
  /** The values at each of `pods`, where the pods of one binding grow. */
  readonly podsGrow: readonly number[];
  /** The same, where bindings grow. */
  readonly bindingsGrow: readonly number[];
}

/** What all panels of a drawing have in common. */
export interface Axes {
  /** How many pods there are at each step. */
  readonly pods: readonly number[];
  readonly across: Decades;
  /** How many decades each panel is high: as many in all of them, so that their slopes can be compared. */
  readonly decadesUp: number;
}

/** In pixels. The lines keep off the axis, for their numbers. */
export const panelSize = { width: 390, height: 250 };
const plot = { left: 52, right: 380, top: 38, bottom: 208, margin: 30 };

/** Draws one of the small multiples. Its values begin at 10^from. */
export function panelSvg({ title, podsGrow, bindingsGrow }: Panel, from: number, axes: Axes): string {
  const x = logScale(axes.across, plot.left + plot.margin, plot.right - plot.margin);
  const y = logScale({ from, count: axes.decadesUp }, plot.bottom, plot.top);
  const pointsOf = (values: readonly number[]): Point[] =>
    values.map((value, step) => ({ value, x: x.at(axes.pods[step] ?? 0), y: y.at(value) }));
  const [pods, bindings] = [pointsOf(podsGrow), pointsOf(bindingsGrow)];
  return [
    `<text class="h" x="${plot.left}" y="18">${title}</text>`,
    ...ticksSvg(plot, x, y),
    guideSvg(podsGrow[0] ?? 0, axes.pods, { x, y }),
    ...lineSvg('bindings', bindings),
    ...lineSvg('pods', pods),
    ...valuesSvg(pods, bindings),
  ].join('\n');
}
