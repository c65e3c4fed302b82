// Where the sandbox's control plane is: the one rule for scripts/setup.mjs, which builds it, and for the sandbox,
// which runs it. Plain JavaScript, as the set-up runs before Node 24 is there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './go-cache.mjs';

/** The folder of the Go module that pins the control plane's versions. */
export const goModule = fileURLToPath(new URL('../sandbox/src/control-plane/go', import.meta.url));

/** The Go package of each program. */
export const packages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
};

/** The arguments of `go build` that decide what is in the binaries. Kubernetes learns its own version from the linker. */
export function buildFlags() {
  const version = /k8s\.io\/kubernetes v((\d+)\.(\d+)\.\d+)/.exec(
    readFileSync(join(goModule, 'go.mod'), 'utf8'),
  );
  if (!version) throw new Error(`${goModule}/go.mod names no version of k8s.io/kubernetes`);
  const [, full, major, minor] = version;
  const stamp = { gitVersion: `v${full}`, gitMajor: major, gitMinor: minor };
  const settings = Object.entries(stamp).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ['-trimpath', '-ldflags', `-s -w ${settings.join(' ')}`];
}

/**
 * The path of each program, there or still to be built: in the folder KUBEBUILDER_ASSETS where that has it, in the
 * cache otherwise.
 */
export function binaries(env = process.env) {
  const cache = cacheFolder({ name: 'control-plane', goModule, flags: buildFlags(), env });
  const locate = (name) => {
    const given = env.KUBEBUILDER_ASSETS && join(env.KUBEBUILDER_ASSETS, name);
    return given && existsSync(given) ? given : join(cache, name);
  };
  return Object.fromEntries(Object.keys(packages).map((name) => [name, locate(name)]));
}
