import { describe, expect, it } from '@jest/globals';
import { panelSvg, type Axes } from './panel.ts';

const axes: Axes = { pods: [10, 100, 1_000], across: { from: 1, count: 2 }, decadesUp: 2 };
const panel = panelSvg({ title: 'calls', podsGrow: [10, 10, 10], bindingsGrow: [10, 100, 1_000] }, 1, axes);

/** The pixels of what matches, by its label. */
const byLabel = (pattern: RegExp): Map<string, number> =>
  new Map([...panel.matchAll(pattern)].map(([, at, label = '']) => [label, Number(at)]));
const rows = byLabel(/class="axis".* y2="([\d.]+)"\/>\n<text.*>([\d,]+)<\/text>/g);
const columns = byLabel(/class="s" x="([\d.]+)".*>([\d,]+) pods</g);
const labels = ['10', '100', '1,000'];

const pointsOf = (svg: string, line: string): number[][] =>
  (new RegExp(`<polyline class="${line}" points="([^"]+)"`).exec(svg)?.[1] ?? '')
    .split(' ')
    .map((point) => point.split(',').map(Number));

describe('a panel', () => {
  it('has a tick at each power of ten, greater values above and more pods to the right', () => {
    expect([...rows.keys()]).toEqual(labels);
    expect([...rows.values()]).toEqual([...rows.values()].sort((a, b) => b - a));
    expect([...columns.keys()]).toEqual(labels);
    expect([...columns.values()]).toEqual([...columns.values()].sort((a, b) => a - b));
  });

  it('has each point over its pods, at the tick of its value', () => {
    const at = (pods: string, value: string): unknown[] => [columns.get(pods), rows.get(value)];
    expect(pointsOf(panel, 'bindings')).toEqual(labels.map((label) => at(label, label)));
    expect(pointsOf(panel, 'pods')).toEqual(labels.map((label) => at(label, '10')));
  });

  it('has a guide along what grows as the pods do', () => {
    const [first, , last] = pointsOf(panel, 'bindings');
    expect(pointsOf(panel, 'guide')).toEqual([first, last]);
  });

  it('ends its guide at the top where the plot is not as high', () => {
    const values = [100, 100, 100];
    const higher = panelSvg({ title: 'calls', podsGrow: values, bindingsGrow: values }, 1, axes);
    expect(pointsOf(higher, 'guide')[1]).toEqual([columns.get('100'), rows.get('1,000')]);
  });
});
