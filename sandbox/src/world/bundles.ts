import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess } from '../processes/index.ts';
import { root } from './part.ts';

const programs = ['webhook', 'syncer'];
const sources = [...programs, 'shared', 'certs'].map((workspace) => `${workspace}/src`);

/**
 * Builds both programs' bundles where one is missing or older than any source, so that a world runs what is there.
 *
 * @throws Error when the build fails; it has said why on standard error.
 */
export async function ensureBundles(onProgress: (line: string) => void): Promise<void> {
  const changed = Math.max(...(await Promise.all(sources.map((folder) => newestIn(join(root, folder))))));
  const built = await Promise.all(programs.map((name) => timeOf(join(root, name, 'dist/main.js'))));
  if (Math.min(...built) > changed) return;
  onProgress('bundles: npm run build');
  const build = startProcess({ command: process.execPath, args: ['scripts/build.ts'], cwd: root });
  const { code } = await build.exited;
  if (code !== 0) throw new Error('the bundles could not be built; see above');
}

/** When the newest file in a folder was changed, in epoch milliseconds. */
async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Math.max(0, ...(await Promise.all(files.map((file) => timeOf(join(file.parentPath, file.name))))));
}

/** 0 for a file that does not exist. */
const timeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
