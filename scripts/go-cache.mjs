// Where programs that are built from Go modules are kept. Plain JavaScript, as the set-up runs before Node 24 is there.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder, outside the clone, of the binaries that a Go module and these flags give on this kind of machine. */
export function cacheFolder({ name, goModule, flags, env }) {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(goModule, file)));
  hash.update(JSON.stringify([flags, process.platform, process.arch]));
  const key = hash.digest('hex').slice(0, 12);
  const root = env.TARGETGATE_CACHE || env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'targetgate', `${name}-${key}`);
}
