import { aborted, pause } from '../pause.ts';
import type { RunningContainer } from '../runtimes/runtime.ts';

/** What a container has after SIGTERM even when the preStop hook has used up the grace period (kubelet's minimum). */
const leastGraceMs = 2000;

/**
 * Ends a container as a kubelet does: the preStop hook inside the grace period, SIGTERM, and SIGKILL when the grace
 * is over. Settles when the container has ended. `mark` is told of each signal just before it is sent.
 */
export async function endContainer(options: {
  readonly running: RunningContainer;
  readonly preStopMs: number;
  readonly graceOver: AbortSignal;
  readonly mark: (signal: 'sigterm' | 'sigkill') => void;
}): Promise<void> {
  const { running, preStopMs, graceOver, mark } = options;
  const over = new AbortController();
  const ended = running.ended.then(() => over.abort());

  await pause(preStopMs, AbortSignal.any([over.signal, graceOver]));
  if (!over.signal.aborted) {
    mark('sigterm');
    running.terminate();
    await Promise.race([ended, Promise.all([pause(leastGraceMs, over.signal), aborted(graceOver)])]);
  }
  if (!over.signal.aborted) {
    mark('sigkill');
    running.kill();
  }
  await ended;
}
