import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './rendered.ts';

const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');

/**
 * The rows of the table under a heading of docs/operating.md, without its head; the cells without the marks of code. Tests
 * of the programs compare the tables of settings and metrics with what they really have.
 */
export function tableUnder(heading: string): string[][] {
  const [, section = ''] = page.split(new RegExp(`\n#+ ${heading}\n`));
  const lines = (section.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')),
  );
}
