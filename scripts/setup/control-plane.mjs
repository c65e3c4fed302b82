import { existsSync } from 'node:fs';
import { binaries, buildFlags, goModule, packages } from '../control-plane-binaries.mjs';
import { goBuild } from './go-build.mjs';
import { whyNoGo } from './go.mjs';
import { SetupProblem } from './problem.mjs';

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
  for (const [name, path] of missing) {
    await goBuild({
      path,
      goModule,
      goPackage: packages[name],
      flags: buildFlags(),
      firstTime: firstTime[name],
    });
  }
}
