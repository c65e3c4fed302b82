import type { Figure } from '../../scenario.ts';
import { calls, cpu, gates, memory, valueAt, type Measure } from '../measures.ts';
import { bindingsGrow, podsGrow } from '../sizes.ts';
import { panelSize, panelSvg, type Axes, type Panel } from './panel.ts';
import { decadesOf } from './scale.ts';
import { style } from './style.ts';

/** In the order of reading: two and two. */
const panels: readonly { readonly measure: Measure; readonly title: string }[] = [
  { measure: calls, title: 'ELB calls' },
  { measure: cpu, title: 'CPU of the syncer, s' },
  { measure: memory, title: 'RSS of the syncer, MiB' },
  { measure: gates, title: 'last pod ready to last gate open, s' },
];

const header = 64;

/** Draws how a mass start grows, as an SVG: one panel for each of the four measures, with logarithmic scales. */
export function drawGrowth(figures: readonly Figure[]): string {
  const drawn = panels.map(({ measure, title }): Panel => ({
    title,
    podsGrow: podsGrow.map((size) => valueAt(figures, size, measure)),
    bindingsGrow: bindingsGrow.map((size) => valueAt(figures, size, measure)),
  }));
  const pods = podsGrow.map(({ groups, podsPerGroup }) => groups * podsPerGroup);
  const decades = drawn.map((panel) => decadesOf([...panel.podsGrow, ...panel.bindingsGrow]));
  const decadesUp = Math.max(...decades.map(({ count }) => count));
  const axes: Axes = { pods, across: decadesOf(pods), decadesUp };
  const [width, height] = [2 * panelSize.width, header + 2 * panelSize.height];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    '<title id="title">How the cost of a mass start grows</title>',
    `<desc id="desc">${drawn.map(inWords).join(' ')}</desc>`,
    style,
    '<text class="h" x="20" y="26">A mass start of 10, 100 and 1,000 pods</text>',
    '<circle class="pods" cx="26" cy="44" r="4"/><text x="36" y="48">in one binding</text>',
    '<circle class="bindings" cx="166" cy="44" r="4"/><text x="176" y="48">in 1, 10 and 100 bindings of 10</text>',
    '<line class="guide" x1="420" y1="44" x2="450" y2="44"/><text x="456" y="48">as much for each pod</text>',
    ...drawn.map((panel, n) => {
      const at = `${(n % 2) * panelSize.width} ${header + Math.floor(n / 2) * panelSize.height}`;
      return `<g transform="translate(${at})">\n${panelSvg(panel, decades[n]?.from ?? 0, axes)}\n</g>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

const inWords = ({ title, podsGrow: one, bindingsGrow: many }: Panel): string =>
  `${title}: ${one.map(rounded).join(', ')} in one binding; ${many.map(rounded).join(', ')} in 1, 10 and 100.`;

const rounded = (value: number): string => value.toPrecision(3);
