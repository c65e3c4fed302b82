import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { licencesOf, packagesOf } from './bundle-licences.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'targetgate-licences-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function make(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(root, name), { recursive: true });
  const all = { 'package.json': JSON.stringify({ name, version: '1.0.0', license: 'MIT' }), ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(root, name, file), text);
  return name;
}

it('a file is of the innermost package that it is in, and ours is of none', () => {
  const files = [
    'syncer/src/main.ts',
    'node_modules/pino/lib/tools.js',
    'node_modules/pino/pino.js',
    'node_modules/@aws-sdk/core/dist/node_modules/tslib/tslib.js',
    'webhook/node_modules/ajv/ajv.js',
  ];
  expect(packagesOf(files)).toEqual([
    'node_modules/@aws-sdk/core/dist/node_modules/tslib',
    'node_modules/pino',
    'webhook/node_modules/ajv',
  ]);
});

it('each text is there once, below all packages that have it, and a notice goes with it', async () => {
  const folders = [
    make('a', { LICENSE: 'Be kind.\n' }),
    make('b', { 'license.md': 'Be kind.\r\n' }),
    make('c', { LICENCE: 'Be fair.', NOTICE: 'By Carol.', 'readme.md': 'c' }),
    make('d', {}),
  ];
  const line = '-'.repeat(80);
  expect(await licencesOf(folders, root)).toBe(
    [
      'a 1.0.0: MIT\nb 1.0.0: MIT\n\nBe kind.\n',
      'c 1.0.0: MIT\n\nBe fair.\n\nBy Carol.\n',
      'd 1.0.0: MIT\n\nThe package has no text of it.\n',
    ].join(`\n${line}\n\n`),
  );
});
