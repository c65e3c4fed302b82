import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { binaries, buildFlags, goModule, packages } from '../control-plane-binaries.mjs';
import { goEnv, whyNoGo } from './go.mjs';
import { SetupProblem } from './problem.mjs';
import { step } from './step.mjs';

/** What the first build takes on two cores; etcd's packages come first, and most of Kubernetes with its API server. */
const firstTime = {
  etcd: 'half a minute',
  'kube-apiserver': '2 min',
  'kube-controller-manager': '1 min',
  kubectl: 'half a minute',
};

/** Builds the control plane's programs that are neither in KUBEBUILDER_ASSETS nor in the cache. */
export async function ensureControlPlane() {
  const missing = Object.entries(binaries()).filter(([, path]) => !existsSync(path));
  if (missing.length === 0) return;
  const problem = whyNoGo();
  if (problem) {
    const assets = process.env.KUBEBUILDER_ASSETS;
    const names = missing.map(([name]) => name).join(', ');
    throw new SetupProblem(
      assets
        ? `${problem}, and KUBEBUILDER_ASSETS (${assets}) lacks ${names}: put them there, or install Go 1.26 or newer.`
        : `${problem}: install Go 1.26 or newer, or set KUBEBUILDER_ASSETS to a folder with ${names}.`,
    );
  }
  for (const [name, path] of missing) await build(name, path);
}

/** Builds one program beside its place and renames it there: at its place it is whole, however the build ended. */
async function build(name, path) {
  const cache = dirname(path);
  mkdirSync(dirname(cache), { recursive: true });
  const building = mkdtempSync(join(dirname(cache), `.building-${basename(cache)}-`));
  try {
    const output = join(building, name);
    const args = ['build', ...buildFlags(), '-o', output, packages[name]];
    await step(`building ${name} (about ${firstTime[name]} the first time)`, 'go', args, {
      cwd: goModule,
      env: goEnv,
    });
    mkdirSync(cache, { recursive: true });
    renameSync(output, path);
  } finally {
    rmSync(building, { recursive: true });
  }
}
