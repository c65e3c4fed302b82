import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copiesOf, last, readDockerfile } from '../scripts/images/dockerfile.ts';

const root = path.resolve(import.meta.dirname, '..');

/** What a container of an image begins with, laid out in a folder. */
export interface ImageFiles {
  readonly workingDirectory: string;
  /** What its entry point, node, is given. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Every file and folder, with what changes when it is written to. */
  listing(): readonly string[];
  remove(): void;
}

/** Lays out the files of a program's image, and of nothing else, where nothing may be written and no node_modules is near. */
export function layOutImage(program: string): ImageFiles {
  const stages = readDockerfile(path.join(root, `Dockerfile.${program}`)).stages;
  const [build, final] = stages;
  if (!build || !final) throw new Error(`Dockerfile.${program} has not two stages`);
  const image = mkdtempSync(path.join(tmpdir(), `targetgate-${program}-`));
  const workingDirectory = path.join(image, last(final, 'WORKDIR') ?? '');
  for (const { stage, sources, target } of copiesOf(final)) {
    for (const source of sources) {
      // The build stage does in its folder what the build does in this one.
      const from = stage === undefined ? source : path.relative(last(build, 'WORKDIR') ?? '', source);
      const to = path.join(workingDirectory, target);
      const isFolder = lstatSync(path.join(root, from)).isDirectory();
      mkdirSync(to, { recursive: true });
      cpSync(path.join(root, from), isFolder ? to : path.join(to, path.basename(from)), { recursive: true });
    }
  }
  const all = (): string[] => ['.', ...readdirSync(image, { recursive: true, encoding: 'utf8' })];
  const at = (file: string) => path.join(image, file);
  const allow = (mode: number) => {
    for (const file of all()) chmodSync(at(file), lstatSync(at(file)).isDirectory() ? mode | 0o111 : mode);
  };
  allow(0o444);
  return {
    workingDirectory,
    command: JSON.parse(last(final, 'CMD') ?? '[]') as string[],
    env: Object.fromEntries(
      final.instructions
        .filter(({ keyword }) => keyword === 'ENV')
        .map(({ value }) => value.split('=') as [string, string]),
    ),
    listing: () =>
      all().map((file) => {
        const { size, mtimeMs } = lstatSync(at(file));
        return `${file} ${size} ${mtimeMs}`;
      }),
    remove: () => {
      allow(0o644);
      rmSync(image, { recursive: true });
    },
  };
}
