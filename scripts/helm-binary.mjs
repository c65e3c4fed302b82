// Where Helm is: the one rule for the set-up, which builds it, and for those who run it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './go-cache.mjs';

/** The folder of the Go module that pins Helm's version. */
export const goModule = fileURLToPath(new URL('../sandbox/src/helm/go', import.meta.url));

/** Helm's Go package. */
export const helmPackage = 'helm.sh/helm/v4/cmd/helm';

/** The arguments of `go build`. Helm learns its own version from the linker. */
export function buildFlags() {
  const version = /helm\.sh\/helm\/v4 (v\S+)/.exec(readFileSync(join(goModule, 'go.mod'), 'utf8'));
  if (!version) throw new Error(`${goModule}/go.mod names no version of helm.sh/helm/v4`);
  return ['-trimpath', '-ldflags', `-s -w -X helm.sh/helm/v4/internal/version.version=${version[1]}`];
}

/** The path of Helm, there or still to be built. */
export const helmBinary = (env = process.env) =>
  join(cacheFolder({ name: 'helm', goModule, flags: buildFlags(), env }), 'helm');
