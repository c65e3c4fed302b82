import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The addresses that the namespace has, all of them its own. */
export const block = '10.64.0.0/16';

/** Nothing but loopback is up in a new namespace, so there is no way out of it. */
const setup = `ip link set lo up && ip route add local ${block} dev lo && exec "$@"`;

/**
 * A command line that runs a command in a network namespace of its own, by its own pid. A user namespace gives the
 * right to set it up; in it the command sees itself as root, with the rights of its real user.
 */
export const inNamespace = (command: readonly string[]): [command: string, ...args: string[]] => [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  '/bin/sh',
  '-c',
  setup,
  'sh',
  ...command,
];

/** Why this machine gives no such namespace, in one sentence; undefined where it does. */
export async function refusal(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const [command, ...args] = inNamespace(['true']);
  try {
    await promisify(execFile)(command, args, { env });
    return undefined;
  } catch (error) {
    const { message, stderr = '' } = error as Error & { stderr?: string };
    const reason = (stderr.trim() || message).split('\n')[0] ?? '';
    return `this machine gives no network namespace of its own (unshare and ip are needed, and user namespaces): ${reason}`;
  }
}
