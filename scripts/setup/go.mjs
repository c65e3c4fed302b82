import { spawnSync } from 'node:child_process';

/** GOTOOLCHAIN=local: Go must not download another Go. CGO_ENABLED=0: binaries need no C compiler and no C library. */
export const goEnv = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };

/** Why Go cannot build anything here, as the first half of a sentence; undefined when it can. */
export function whyNoGo() {
  const { error, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: goEnv });
  if (error) return 'Go is not installed';
  const version = /^go(\d+)\.(\d+)/.exec(stdout);
  if (!version) return 'Go does not work ("go env GOVERSION" tells no version)';
  const [, major, minor] = version.map(Number);
  return major > 1 || minor >= 26 ? undefined : `Go here is ${stdout.trim()}, older than 1.26`;
}
