import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningProcess, startProcess } from '../processes/index.ts';
import { logTail } from './log-tail.ts';

/** One program of the control plane. */
interface ComponentOptions {
  /** Names its log file too: NAME.log in `directory`. */
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** Asked again and again until the answer is yes. */
  readonly ready: () => Promise<boolean>;
  readonly signal: AbortSignal | undefined;
}

/** Two seconds on a quiet machine; a busy one with two cores may need many times that. */
const startTimeoutMs = 60_000;

/**
 * Starts a component and waits until it is ready. Throws an error with the end of its log when it ends before or is
 * not ready in time, and when `signal` aborts; the component then does not run.
 *
 * Its environment is empty: neither ETCD_... nor HTTPS_PROXY of the caller may change what it does.
 */
export async function startComponent(options: ComponentOptions): Promise<RunningProcess> {
  const { name, binary, args, directory, ready, signal } = options;
  signal?.throwIfAborted();
  const logFile = join(directory, `${name}.log`);
  const component = startProcess({ command: binary, args, env: {}, cwd: directory, logFile });

  const over = new AbortController();
  const end = component.exited.then(({ code, signal: by }) => `ended with ${by ?? `code ${String(code)}`}`);
  const limit = AbortSignal.any([
    over.signal,
    AbortSignal.timeout(startTimeoutMs),
    ...(signal ? [signal] : []),
  ]);
  const waiting = untilReady(ready, limit).then((isReady) => (isReady ? undefined : 'was not ready'));
  const problem = await Promise.race([waiting, end]);
  over.abort();
  if (problem === undefined) return component;
  await component.stop();
  signal?.throwIfAborted();
  throw new Error(`${name} ${problem}; the end of ${logFile}:\n${logTail(logFile)}`);
}

/** Asks every 50 ms; false when the limit came first. */
async function untilReady(ready: () => Promise<boolean>, limit: AbortSignal): Promise<boolean> {
  while (!limit.aborted) {
    if (await ready()) return true;
    await sleep(50, undefined, { signal: limit }).catch(() => undefined);
  }
  return false;
}
