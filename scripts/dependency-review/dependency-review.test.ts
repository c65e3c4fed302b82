import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { placeOf, readLock, treeOf, type Lock } from './lock.ts';
import { problemsIn } from './problems.ts';
import { directDependencies } from './programs.ts';
import { withTable } from './table.ts';

interface Manifest {
  readonly workspaces: readonly string[];
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifestOf = (folder: string): Manifest =>
  JSON.parse(read(path.join(folder, 'package.json'))) as Manifest;

const lock = readLock(path.join(root, 'package-lock.json'));
const document = read('docs/dependencies.md');
const { allowScripts, workspaces } = manifestOf('.');
const named = ['.', ...workspaces]
  .map(manifestOf)
  .flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies }))
  .filter(([name]) => !name.startsWith('@targetgate/'));

describe('the dependencies', () => {
  it('have licences that were agreed to, hashes, no addresses of registries, and no scripts but those decided on', () => {
    expect(problemsIn(lock, allowScripts)).toEqual([]);
  });

  it('are named by exact versions', () => {
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has the figures of the lock file (npm run dependency-review)', async () => {
    expect(await withTable(document, lock, root)).toBe(document);
  });

  it('says of each package of the programs why it is there', () => {
    const review = document.split('<!-- Until here. -->')[1]?.split('\n## ')[0] ?? '';
    const reviewed = [...review.matchAll(/^\| `(.+?)`/gm)].map(([, name]) => name);
    expect(reviewed).toEqual(directDependencies(lock).map(({ name }) => name));
  });

  it('names each package of the workshop', () => {
    expect(named.map(([name]) => name).filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the check of the lock file', () => {
  const good = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };
  const lockOf = (each: Lock): Lock => ({
    webhook: { dependencies: { a: '1.0.0' } },
    'node_modules/a': { ...good, dependencies: { b: '^1.0.0' } },
    'node_modules/b': { ...good, license: 'GPL-3.0' },
    'node_modules/a/node_modules/b': good,
    ...each,
  });
  const elsewhere = { license: 'MIT', dev: true, optional: true, os: ['darwin'] };

  it.each<[string, Lock, readonly string[]]>([
    ['finds nothing wrong, nor a licence of what no program needs', {}, []],
    [
      'finds a licence that nobody agreed to, however deep',
      { 'node_modules/a/node_modules/b': { ...good, license: 'GPL-3.0' } },
      ['node_modules/a/node_modules/b has a licence that nobody has agreed to: GPL-3.0'],
    ],
    [
      'finds a package without a licence',
      { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } },
      ['node_modules/a has a licence that nobody has agreed to: no licence'],
    ],
    [
      'finds a package without a hash',
      { 'node_modules/c': { license: 'MIT', dev: true } },
      ['node_modules/c has no integrity'],
    ],
    ['lets packages of the workshop for other platforms be without', { 'node_modules/c': elsewhere }, []],
    [
      'lets none be without that Linux installs',
      { 'node_modules/c': { ...elsewhere, os: ['linux'], cpu: ['arm64'] } },
      ['node_modules/c has no integrity'],
    ],
    [
      'finds the address of a registry',
      { 'node_modules/c': { ...good, resolved: 'https://registry.example/c.tgz' } },
      ['node_modules/c has the address of a registry'],
    ],
    [
      'finds a script in a program',
      { 'node_modules/a': { ...good, hasInstallScript: true } },
      ['node_modules/a runs a script when it is installed', 'allowScripts does not decide on a'],
    ],
  ])('%s', (_, each, problems) => {
    expect(problemsIn(lockOf(each), {})).toEqual(problems);
  });

  it('finds a decision on a script that is not there', () => {
    expect(problemsIn(lockOf({}), { old: true })).toEqual(['allowScripts names old, which has no script']);
  });

  it('finds packages as Node does: the nearest first', () => {
    const some = lockOf({});
    expect(placeOf(some, 'b', 'node_modules/a')).toBe('node_modules/a/node_modules/b');
    expect(placeOf(some, 'b', 'webhook')).toBe('node_modules/b');
    expect(placeOf(some, 'none', 'webhook')).toBeUndefined();
    expect([...treeOf(some, 'node_modules/a')]).toEqual(['node_modules/a', 'node_modules/a/node_modules/b']);
  });
});
