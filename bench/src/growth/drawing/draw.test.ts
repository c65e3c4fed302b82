import { expect, it } from '@jest/globals';
import type { Figure } from '../../scenario.ts';
import { measures } from '../measures.ts';
import { bindingsGrow, podsGrow, sizes, wordsOf } from '../sizes.ts';
import { drawGrowth } from './draw.ts';
import { decadesOf, logScale } from './scale.ts';

/** Each measure is a hundredth of the pods, but for groups, of which each costs 3. */
const figures: Figure[] = sizes.flatMap((size) =>
  measures.map(({ of, unit }) => ({
    of: `${wordsOf(size)}: ${of}`,
    value: of === 'ELB calls' ? 3 * size.groups : (size.groups * size.podsPerGroup) / 100,
    unit,
  })),
);

it('each panel has a line for each way to grow, with as many points as there are steps', () => {
  const svg = drawGrowth(figures);
  const lines = [...svg.matchAll(/<polyline class="(pods|bindings)" points="([^"]*)"/g)];
  const four = (line: string): string[] => Array<string>(4).fill(line);
  expect(lines.map(([, line]) => line).sort()).toEqual([...four('bindings'), ...four('pods')]);
  for (const [, , points = ''] of lines) expect(points.split(' ')).toHaveLength(podsGrow.length);
  expect(podsGrow.length).toBe(bindingsGrow.length);
});

it('what does not grow with the pods of a binding is a level line there, and its numbers are those measured', () => {
  const svg = drawGrowth(figures);
  const [, points = ''] = /<polyline class="pods" points="([^"]*)"/.exec(svg) ?? [];
  expect(new Set(points.split(' ').map((point) => point.split(',')[1])).size).toBe(1);
  expect(svg).toContain('ELB calls: 3.00, 3.00, 3.00 in one binding; 3.00, 30.0, 300 in 1, 10 and 100.');
  expect(svg).toContain('>300</text>');
});

it('figures that lack a size cannot be drawn', () => {
  expect(() => drawGrowth(figures.slice(1))).toThrow('there is no figure of 1 group x 10 pods: ELB calls');
});

it('ten times as much is as far again, and what is too little to be measured is at the bottom', () => {
  const scale = logScale(decadesOf([0, 0.5, 7]), 100, 400);
  expect(scale.ticks).toEqual([0.01, 0.1, 1, 10]);
  expect([0, 0.01, 0.1, 1, 10].map((value) => Math.round(scale.at(value)))).toEqual([
    100, 100, 200, 300, 400,
  ]);
});
