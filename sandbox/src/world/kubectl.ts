import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';

/** Runs the real kubectl and gives what it prints. Throws what it complains about. */
export type Kubectl = (args: readonly string[], stdin?: string) => Promise<string>;

/** kubectl as a user with this kubeconfig. Its caches go to `directory`. It is killed when the signal is aborted. */
export function createKubectl(options: {
  readonly kubeconfig: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}): Kubectl {
  const { kubeconfig, directory, signal } = options;
  return async (args, stdin = '') => {
    const child = spawn(binaries().kubectl, args, {
      env: { KUBECONFIG: kubeconfig, HOME: directory },
      signal,
    });
    child.stdin.on('error', () => undefined); // It may end without having read everything.
    child.stdin.end(stdin);
    const [out, complaint, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${complaint.trim()}`);
    return out.trim();
  };
}
