import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { copiesOf, last, readDockerfile } from './dockerfile.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const letIn = read('.dockerignore')
  .split('\n')
  .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

describe.each(['webhook', 'syncer'])('the image of the %s', (program) => {
  const { args, stages } = readDockerfile(path.join(root, `Dockerfile.${program}`));
  const copies = stages.flatMap(copiesOf);
  const fromContext = copies.filter(({ stage }) => stage === undefined).flatMap(({ sources }) => sources);
  const [build, final, ...more] = stages;
  if (!build || !final) throw new Error('two stages are needed');

  it('is built from files that exist and that .dockerignore lets in', () => {
    expect(fromContext).not.toEqual([]);
    expect(fromContext.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
    const shutOut = (source: string) =>
      !letIn.some((entry) => source === entry || source.startsWith(`${entry}/`));
    expect(fromContext.filter(shutOut)).toEqual([]);
  });

  it('installs with the manifest of every workspace, as npm ci demands', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    expect(fromContext).toEqual(expect.arrayContaining(workspaces.map((name) => `${name}/package.json`)));
  });

  it('installs without scripts of ours, whose files are not there yet', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const onInstall = /^(pre|post)?(install|prepare|dependencies)$|^prepublish$/;
    expect(Object.keys(scripts).filter((name) => onInstall.test(name))).toEqual([]);
  });

  it('is built once, on the machine that builds, and only then put on the base of each platform', () => {
    expect(read(`Dockerfile.${program}`)).toContain(
      '\nFROM --platform=$BUILDPLATFORM $BUILD_IMAGE AS build\n',
    );
    expect([build.from, build.name]).toEqual(['$BUILD_IMAGE', 'build']);
    expect([final.from, final.name]).toEqual(['$RUN_IMAGE', undefined]);
    expect(more).toEqual([]);
    // Nothing runs there: what another platform's programs would do.
    expect(last(final, 'RUN')).toBeUndefined();
  });

  it('names its bases by tag, for a release to pin', () => {
    expect(args).toEqual([
      expect.stringMatching(/^BUILD_IMAGE=node:[\w.-]+$/),
      expect.stringMatching(/^RUN_IMAGE=gcr\.io\/distroless\/nodejs[\w.-]+:nonroot$/),
    ]);
    expect(args).toEqual(readDockerfile(path.join(root, 'Dockerfile.webhook')).args);
  });

  it('runs the same major version of Node as the tests', () => {
    const major = process.version.slice(1).split('.')[0] ?? '';
    expect(args.join()).toMatch(new RegExp(`node:${major}\\b.*/nodejs${major}-`));
  });

  it('holds the bundle where the build puts it, and starts it', () => {
    expect(read('scripts/build.ts')).toContain('outfile: `${workspace}/dist/main.js`');
    expect(copies).toContainEqual({
      sources: [`/src/${program}/dist/`],
      stage: 'build',
      target: `${program}/dist/`,
    });
    expect(last(final, 'CMD')).toBe(`["${program}/dist/main.js"]`);
  });

  it('says what it is', () => {
    for (const label of ['title', 'description', 'licenses']) {
      expect(last(final, 'LABEL')).toContain(`org.opencontainers.image.${label}="`);
    }
  });

  it('runs as a user that Kubernetes can see is not root', () => {
    expect(last(final, 'USER')).toMatch(/^[1-9]\d*$/);
  });
});
