import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const linesOf = (file: string): string[] => read(file).split('\n').filter(Boolean);

const letIn = linesOf('.dockerignore').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

/** The COPY instructions of a Dockerfile: what is copied where, and from which stage. */
function copiesOf(dockerfile: string) {
  return linesOf(dockerfile)
    .filter((line) => line.startsWith('COPY '))
    .map((line) => {
      const words = line.split(' ').slice(1);
      const stage = words[0]?.startsWith('--from=') ? words.shift() : undefined;
      return { stage, target: words.pop(), sources: words };
    });
}

describe.each(['webhook', 'syncer'])('the image of the %s', (program) => {
  const dockerfile = `Dockerfile.${program}`;
  const copies = copiesOf(dockerfile);
  const fromContext = copies.filter(({ stage }) => stage === undefined).flatMap(({ sources }) => sources);

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

  it('holds the bundle where the build puts it, and starts it', () => {
    expect(read('scripts/build.ts')).toContain('outfile: `${workspace}/dist/main.js`');
    expect(copies).toContainEqual({
      sources: [`/src/${program}/dist/`],
      stage: '--from=build',
      target: `${program}/dist/`,
    });
    expect(linesOf(dockerfile).at(-1)).toBe(`CMD ["${program}/dist/main.js"]`);
  });

  it('runs as a user that Kubernetes can see is not root', () => {
    expect(read(dockerfile)).toMatch(/^USER [1-9]\d*$/m);
  });
});
