import { type ChildProcess, type IOType, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startTime } from './start-time.ts';

/** What to spawn, and where its standard output and standard error go. */
interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv | undefined;
  readonly stdout: IOType | number;
  readonly stderr: IOType | number;
}

const guardScript = fileURLToPath(new URL('guard.sh', import.meta.url));

/** Waits for a line, then becomes the program: same pid, empty standard input. No line, no program. */
const gate = 'read -r _ && exec "$0" "$@" </dev/null';

/**
 * Spawns a program that cannot survive this process, not even this process's SIGKILL. It waits behind a gate until
 * its guard runs: if we die before, the gate's pipe ends and the program never starts; if we die after, the guard's
 * pipe ends and the guard kills it. Each leads a session of its own, so that Ctrl-C reaches us alone and we end the
 * programs in order. A command that does not exist ends with code 127, as in a shell.
 */
export function spawnGuarded({
  command,
  args,
  cwd,
  env,
  stdout,
  stderr,
}: Program): ChildProcess & { pid: number } {
  const child = spawn('/bin/sh', ['-c', gate, command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', stdout, stderr],
  });
  const { pid } = child;
  if (pid === undefined) {
    child.once('error', () => undefined); // It repeats what is thrown here.
    throw new Error(`cannot start ${command} in ${cwd ?? 'the current folder'}`);
  }
  guard(child, pid);
  open(child, 'go');
  return Object.assign(child, { pid });
}

/** Starts the guard of a child, and dismisses it when the child has ended. */
function guard(child: ChildProcess, pid: number): void {
  const process = spawn('/bin/sh', [guardScript, String(pid), startTime(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  process.unref();
  child.once('exit', () => open(process, 'ended'));
}

/** Writes the one line that a shell waits for. A shell that was killed meanwhile no longer needs it. */
function open({ stdin }: ChildProcess, line: string): void {
  stdin?.on('error', () => undefined);
  stdin?.end(`${line}\n`);
}
