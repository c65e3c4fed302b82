import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logTail } from '../control-plane/log-tail.ts';
import { startProcess, type RunningProcess } from '../processes/index.ts';

/** A part of the world: a main.ts of the sandbox that prints its events as JSON, one a line. */
export interface PartOptions<E extends { readonly kind: string }> {
  /** Names its log file too: NAME.log in `directory`. */
  readonly name: string;
  /** Its main.ts, relative to sandbox/src. */
  readonly main: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly onEvent: (event: E) => void;
  /** Told when it ends without having been stopped. */
  readonly onBroken: (error: Error) => void;
}

/** The folder of the whole clone, where programs are run from. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts a part. A line that is no JSON goes nowhere: errors are on standard error, in the log file. */
function startPart<E extends { readonly kind: string }>(options: PartOptions<E>): RunningProcess {
  const { name, main, args, directory, onEvent, onBroken } = options;
  const logFile = join(directory, `${name}.log`);
  const part = startProcess({
    command: process.execPath,
    args: [join(root, 'sandbox/src', main), ...args],
    // Nothing of the caller's own AWS or cluster settings reaches the sandbox.
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`, HOME: directory },
    cwd: root,
    logFile,
    onLine: (line) => {
      if (line.startsWith('{')) onEvent(JSON.parse(line) as E);
    },
  });
  let stopping = false;
  void part.exited.then(({ code, signal }) => {
    if (stopping) return;
    const end = signal ?? `code ${String(code)}`;
    onBroken(new Error(`${name} ended with ${end}; the end of ${logFile}:\n${logTail(logFile)}`));
  });
  return {
    ...part,
    stop: (how) => {
      stopping = true;
      return part.stop(how);
    },
  };
}

/** Two seconds on a quiet machine; a busy one with two cores may need many times that. */
const startTimeoutMs = 60_000;

/** Starts a part and waits for the event that says that it is ready. */
export async function startPartUntil<E extends { readonly kind: string }, K extends E['kind']>(
  options: PartOptions<E> & { readonly ready: K; readonly signal: AbortSignal },
): Promise<RunningProcess & { readonly ready: Extract<E, { readonly kind: K }> }> {
  const { name, ready, signal, onEvent } = options;
  const isReady = Promise.withResolvers<Extract<E, { readonly kind: K }>>();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startTimeoutMs)]);
  const giveUp = (): void => isReady.reject(new Error(`${name} did not start`, { cause: limit.reason }));
  limit.addEventListener('abort', giveUp, { once: true });
  const part = startPart({
    ...options,
    onEvent: (event: E) => {
      onEvent(event);
      if (event.kind === ready) isReady.resolve(event as Extract<E, { readonly kind: K }>);
    },
    onBroken: (error) => {
      isReady.reject(error);
      options.onBroken(error);
    },
  });
  try {
    return { ...part, ready: await isReady.promise };
  } catch (error) {
    await part.stop();
    throw error;
  } finally {
    limit.removeEventListener('abort', giveUp);
  }
}
