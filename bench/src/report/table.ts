import { tableLines } from '@targetgate/sandbox/table';
import type { Figure, Goal } from '../scenario.ts';
import { isMet, type Result } from './result.ts';

const head = ['', 'measured', 'to beat', '', 'the peer', 'of the peer'];

/** All results as one table: a line for each figure, under the name of its scenario. */
export function resultLines(results: readonly Result[]): string[] {
  const figures = results.flatMap((result) => (result.is === 'measured' ? result.figures : []));
  const [headLine = '', ...lines] = tableLines([head, ...figures.map(rowOf)]);
  const take = (count: number): string[] => lines.splice(0, count);
  return [
    headLine,
    ...results.flatMap((result) => [
      '',
      `${result.name}: ${result.about}${result.is === 'measured' && result.besidePeer ? ' (the peer in the same run)' : ''}`,
      ...(result.is === 'measured'
        ? take(result.figures.length)
        : [`  could not be measured: ${result.why}`]),
    ]),
  ];
}

function rowOf(figure: Figure): string[] {
  const { of, value, unit, goal, peer } = figure;
  const met = isMet(figure);
  return [
    `  ${of}`,
    withUnit(value, unit),
    goal === undefined ? '' : goalText(goal, unit),
    met === undefined ? '' : met ? 'met' : 'MISSED',
    peer === undefined ? '' : withUnit(peer, unit),
    peer === undefined || peer === 0 ? '' : `x ${digits(value / peer)}`,
  ];
}

const goalText = (goal: Goal, unit: Figure['unit']): string =>
  'atMost' in goal ? `<= ${withUnit(goal.atMost, unit)}` : `>= ${withUnit(goal.atLeast, unit)}`;

const withUnit = (value: number, unit: Figure['unit']): string => `${digits(value)} ${unit}`.trimEnd();

/** Three digits or more, so that numbers of any size can be compared. */
function digits(value: number): string {
  const places = Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}
