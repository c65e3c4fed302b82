import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupProblem } from './problem.mjs';
import { step } from './step.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.targetgate-stamp');

/** Installs the npm packages unless those of this very package-lock.json are there: a stamp in node_modules says so. */
export async function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  await step('installing npm packages', 'npm', ['ci'], { cwd: root, env: outside(process.env) });
  writeFileSync(stampFile, lock);
}

/** Checks that the package `node` has put Node 24 on the PATH of npm scripts. */
export function ensureNode24() {
  const { stdout } = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' });
  if (stdout?.startsWith('v24.')) return;
  const found = stdout ? `is ${stdout.trim()}` : 'does not run';
  throw new SetupProblem(
    `node_modules/.bin/node ${found} instead of Node 24, probably because npm was told to run no install scripts: ` +
      'allow them (npm config set ignore-scripts false) and run "npm rebuild node".',
  );
}

/** The environment without node_modules/.bin on PATH: `npm ci` removes that folder, and must not run on its Node. */
function outside(env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin);
  return { ...env, PATH: folders.join(delimiter) };
}
