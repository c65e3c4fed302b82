import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from '@targetgate/sandbox/processes';
import type { Target } from './connection.ts';
import type { Line, Load } from './load.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** How to load a server. */
export interface LoadOptions {
  readonly target: Target;
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  /** For the files that the process reads. */
  readonly directory: string;
  /** Called when the warm-up is over and measuring begins. */
  readonly onWarm: () => void;
  readonly signal: AbortSignal;
}

/** Loads a server from a process of its own, and gives what it found. @throws Error where it could not be measured. */
export async function runGenerator(options: LoadOptions): Promise<Load> {
  const { target, connections, warmupSeconds, seconds, directory, onWarm, signal } = options;
  signal.throwIfAborted();
  const folder = await mkdtemp(join(directory, 'generator-'));
  const [ca, request] = [join(folder, 'ca.crt'), join(folder, 'request')];
  await Promise.all([writeFile(ca, target.ca), writeFile(request, target.request)]);
  let found: Load | undefined;
  const { host, port, servername } = target;
  const flags = {
    host,
    port,
    servername,
    ca,
    request,
    connections,
    'warmup-seconds': warmupSeconds,
    seconds,
  };
  const generator = startProcess({
    command: process.execPath,
    args: [main, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)],
    onLine: (text) => {
      const line = JSON.parse(text) as Line;
      if (line.kind === 'warm') onWarm();
      else found = line;
    },
  });
  const stop = (): void => generator.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await generator.exited;
  signal.removeEventListener('abort', stop);
  await rm(folder, { recursive: true });
  signal.throwIfAborted();
  if (code !== 0 || found === undefined) throw new Error('the load generator failed; see above');
  return found;
}
