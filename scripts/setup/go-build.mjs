import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { goEnv } from './go.mjs';
import { step } from './step.mjs';

/** Builds one program beside its place and renames it there: at its place it is whole, however the build ended. */
export async function goBuild({ path, goModule, goPackage, flags, firstTime }) {
  const name = basename(path);
  const cache = dirname(path);
  mkdirSync(dirname(cache), { recursive: true });
  const building = mkdtempSync(join(dirname(cache), `.building-${basename(cache)}-`));
  try {
    const output = join(building, name);
    const args = ['build', ...flags, '-o', output, goPackage];
    await step(`building ${name} (about ${firstTime} the first time)`, 'go', args, {
      cwd: goModule,
      env: goEnv,
    });
    mkdirSync(cache, { recursive: true });
    renameSync(output, path);
  } finally {
    rmSync(building, { recursive: true });
  }
}
