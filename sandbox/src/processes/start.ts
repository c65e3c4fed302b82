import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { spawnGuarded } from './guarded.ts';

/** A program to start. */
export interface ProcessOptions {
  /** A path, or a name to look for on PATH. */
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment of the program; without it, this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Its output is appended here; without it, output goes where this process's own goes. */
  readonly logFile?: string;
  /** Takes the lines of standard output, which then go nowhere else. */
  readonly onLine?: (line: string) => void;
}

/** How a process ended: one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that runs until it ends, is stopped, or this process is gone: it never outlives this process. */
export interface RunningProcess {
  /** The program's own pid, not that of a shell around it: signals sent to it hit the program. */
  readonly pid: number;
  /** Settles, and never rejects, when the program has ended and its last line has been passed on. */
  readonly exited: Promise<Exit>;
  /** Sends a signal; does nothing to a program that has ended. */
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end by `signal` (SIGTERM), kills it after `graceMs` (10 s), and waits for its end. */
  stop(options?: { readonly signal?: NodeJS.Signals; readonly graceMs?: number }): Promise<Exit>;
}

/** Starts a program. Throws where its folder or log file cannot be opened; a missing command ends with code 127. */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { command, args = [], env, cwd, logFile, onLine } = options;
  const log = logFile === undefined ? 'inherit' : openSync(logFile, 'a');
  const child = (() => {
    try {
      return spawnGuarded({ command, args, env, cwd, stdout: onLine ? 'pipe' : log, stderr: log });
    } finally {
      if (typeof log === 'number') closeSync(log);
    }
  })();
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine);

  const { promise: exited, resolve } = Promise.withResolvers<Exit>();
  child.once('close', (code, signal) => resolve({ code, signal }));

  return {
    pid: child.pid,
    exited,
    kill: (signal) => void child.kill(signal),
    async stop({ signal = 'SIGTERM', graceMs = 10_000 } = {}) {
      child.kill(signal);
      const patience = setTimeout(() => child.kill('SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(patience);
      }
    },
  };
}
