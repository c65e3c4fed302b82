import type { Outcome } from './outcome.ts';

/** All steps together. */
export function summarize(outcomes: readonly Outcome[]): { passed: number; failed: number } {
  const total = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, each) => sum + count(each), 0);
  return { passed: total(({ passed }) => passed), failed: total(({ failed }) => failed) };
}

/** One line per step. */
export function table(outcomes: readonly Outcome[]): string {
  const row = (cells: readonly [string, string, string, string, string]): string => {
    const [name, result, ...numbers] = cells;
    return `${name.padEnd(12)}${result.padEnd(10)}${numbers.map((cell) => cell.padStart(8)).join('')}`;
  };
  const lines = outcomes.map(({ name, result, passed, failed, seconds }) =>
    row([name, result, String(passed), String(failed), `${seconds.toFixed(1)} s`]),
  );
  return [row(['step', 'result', 'passed', 'failed', 'time']), ...lines].join('\n');
}
