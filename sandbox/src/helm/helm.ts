import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { helmBinary } from '../../../scripts/helm-binary.mjs';

/** The cluster that Helm talks to, and a folder for its caches. Rendering needs none. */
export interface HelmCluster {
  readonly kubeconfig: string;
  readonly directory: string;
}

/** Runs the real Helm, in the folder of the clone, and gives what it prints. Throws what it complains about. */
export async function helm(args: readonly string[], cluster?: HelmCluster): Promise<string> {
  const child = spawn(helmBinary(), args, {
    cwd: new URL('../../..', import.meta.url),
    env: { HOME: cluster?.directory ?? tmpdir(), ...(cluster && { KUBECONFIG: cluster.kubeconfig }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`helm ${args.join(' ')}: ${complaint.trim()}`);
  return out;
}
