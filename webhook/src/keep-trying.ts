import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff } from '@targetgate/shared/kube';

/**
 * Calls `attempt` until it succeeds, waiting longer after each failure, up to 10 s. A cluster being installed gets its
 * parts (RBAC, the webhook configuration) in any order: what is missing now may be there soon.
 *
 * @param options.onProblem told of each failure.
 * @returns undefined where `signal` ended it first.
 */
export async function keepTrying<T>(options: {
  attempt: () => Promise<T>;
  onProblem: (problem: unknown) => void;
  signal: AbortSignal;
  backoff?: { next(): number };
}): Promise<T | undefined> {
  const { attempt, onProblem, signal, backoff = createBackoff({ firstMs: 250, capMs: 10_000 }) } = options;
  const ended = (): boolean => signal.aborted;
  while (!ended()) {
    try {
      return await attempt();
    } catch (problem) {
      // What the signal made fail is no problem.
      if (!ended()) onProblem(problem);
    }
    await sleep(backoff.next(), undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}
