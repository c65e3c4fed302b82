import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { helmBinary } from '../../../scripts/helm-binary.mjs';
import { helm } from './helm.ts';

it('Helm has its place in the cache, named by what it is built from', () => {
  expect(helmBinary({ TARGETGATE_CACHE: '/cache' })).toMatch(
    /^\/cache\/targetgate\/helm-[0-9a-f]{12}\/helm$/,
  );
});

it('Helm is of the version that its go.mod names, and knows it', async () => {
  const goMod = readFileSync(join(import.meta.dirname, 'go/go.mod'), 'utf8');
  const version = await helm(['version', '--template={{.Version}}']);
  expect(/helm\.sh\/helm\/v4 (\S+)/.exec(goMod)?.[1]).toBe(version.trim());
});

it('what Helm complains about is thrown', async () => {
  await expect(helm(['template', 'nowhere/chart'])).rejects.toThrow('helm template nowhere/chart: ');
});
