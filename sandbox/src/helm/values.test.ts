import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { chart } from './chart.ts';
import { root } from './rendered.ts';
import { valuesOf } from './values-table.ts';

const textOf = (file: string): string => readFileSync(join(root, chart, file), 'utf8');
const values = valuesOf(textOf('values.yaml'));

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(textOf('values.schema.json')) as Schema & { $defs: Record<string, Schema> };

/** The names of all values that a schema knows, with dots; a map is one value where values.yaml has it as one. */
function namesIn(part: Schema, path: string): string[] {
  const { properties } = schema.$defs[part.$ref?.replace('#/$defs/', '') ?? ''] ?? part;
  if (properties === undefined || values.some(({ name }) => name === path)) return [path];
  const prefix = path === '' ? '' : `${path}.`;
  return Object.entries(properties).flatMap(([key, inner]) => namesIn(inner, `${prefix}${key}`));
}

it('every value has a comment that says what it is for', () => {
  expect(values.filter(({ meaning }) => meaning === '').map(({ name }) => name)).toEqual([]);
});

it('the schema knows the values of values.yaml, and no others but those of a parent chart', () => {
  expect(namesIn(schema, '').sort()).toEqual(['global', ...values.map(({ name }) => name)].sort());
});

it('every value is used by a template', () => {
  const templates = join(root, chart, 'templates');
  const files = readdirSync(templates, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
  const isUsed = (key: string): boolean => new RegExp(`\\.${key}\\b|"${key}"`).test(text);
  const unused = values.filter(({ name }) => !isUsed(name.split('.').at(-1) ?? ''));
  expect(unused.map(({ name }) => name)).toEqual([]);
});

it('the images that it names are of this version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(parse(textOf('Chart.yaml'))).toMatchObject({ version, appVersion: version });
});
