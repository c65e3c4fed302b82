import { createBackoff, KubeError, KubeUnreachable } from '@targetgate/shared/kube';
import { pause } from './pause.ts';

/**
 * Makes an API call until there is an answer: a kubelet outlives its API server, and goes on where it stopped.
 *
 * @throws the refusal (KubeError), or, once `signal` is aborted, the last failure.
 */
export async function untilAnswered<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const backoff = createBackoff({ firstMs: 50, capMs: 1000 });
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || signal.aborted) throw error;
      await pause(backoff.next(), signal);
    }
  }
}

/** True for a failure that says nothing about the request itself. */
const isPassing = (error: unknown): boolean =>
  error instanceof KubeUnreachable ||
  (error instanceof KubeError && (error.status === 429 || error.status >= 500));
