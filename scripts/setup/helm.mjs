import { existsSync } from 'node:fs';
import { buildFlags, goModule, helmBinary, helmPackage } from '../helm-binary.mjs';
import { goBuild } from './go-build.mjs';
import { whyNoGo } from './go.mjs';
import { SetupProblem } from './problem.mjs';

/** Builds Helm, which renders and tests the chart, unless it is in the cache. */
export async function ensureHelm() {
  const path = helmBinary();
  if (existsSync(path)) return;
  const problem = whyNoGo();
  if (problem) throw new SetupProblem(`${problem}: install Go 1.26 or newer.`);
  await goBuild({ path, goModule, goPackage: helmPackage, flags: buildFlags(), firstTime: '2 min' });
}
