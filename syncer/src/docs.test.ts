import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMetricsRegistry } from '@targetgate/shared/runtime';
import { createBudgetMetrics } from './budget-metrics.ts';
import { createLeaderMetrics } from './leader-metrics.ts';
import { createSyncMetrics } from './metrics.ts';
import { settings } from './settings.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/operating.md'), 'utf8');

/** The rows of the table under a heading, without its head; the cells without the marks of code. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = page.split(`\n### ${heading}\n`);
  const lines = (section.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('docs/operating.md', () => {
  it('has every setting of the syncer, with its variable and its default, in the order of --help', () => {
    const documented = [...tableUnder('Both programs'), ...tableUnder('The syncer')];
    const expected = Object.entries(settings).map(([name, setting]) => [
      `--${name}`,
      setting.env,
      'default' in setting ? setting.default : '',
    ]);
    expect(documented.map((row) => row.slice(0, 3))).toEqual(expected);
  });

  it('has every metric of the syncer', () => {
    const registry = createMetricsRegistry();
    createBudgetMetrics(registry, () => []);
    createLeaderMetrics(registry, () => []);
    createSyncMetrics(registry, { queueDepth: () => 0, views: () => [], now: () => 0 });
    const names = registry.getMetricsAsArray().map(({ name }) => name);
    const own = names.filter((name) => name.startsWith('targetgate_'));
    const documented = tableUnder('Of the syncer').map(([name]) => name);
    expect(documented.toSorted()).toEqual(own.toSorted());
  });
});
