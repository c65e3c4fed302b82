import { KubeUnreachable } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';

/** What one asker wants of a read. */
export interface Asking {
  /** An answer that was begun before this time is too old (epoch milliseconds). */
  readonly since: number;
  /** For how long the asker waits. */
  readonly signal: AbortSignal;
}

/** Reads what has a key. Throws what the reading throws, and KubeUnreachable where the asker has waited for too long. */
export type JointReads<T> = (key: string, asking: Asking) => Promise<T>;

/** How long an answer is of use to others: they come in bursts, and each asks again after 2 s. */
export const keptMs = 1_500;

interface Reading<T> {
  readonly begunAt: number;
  readonly answer: Promise<T>;
}

/**
 * Lets those who ask for the same at about the same time share one reading: while it is under way, and for a while after.
 * Each waits for as long as it would have waited for its own: nobody joins a reading that is older than half its time.
 */
export function createJointReads<T>(options: {
  read: (key: string, signal: AbortSignal) => Promise<T>;
  clock: Clock;
  /** For how long askers wait, in milliseconds. */
  patienceMs: number;
}): JointReads<T> {
  const { read, clock, patienceMs } = options;
  const readings = new Map<string, Reading<T>>();

  function begin(key: string): Reading<T> {
    const answer = read(key, AbortSignal.timeout(2 * patienceMs));
    const reading = { begunAt: clock.now(), answer };
    const forget = (): void => {
      if (readings.get(key) === reading) readings.delete(key);
    };
    void answer.then(() => clock.at(clock.now() + keptMs, forget), forget);
    readings.set(key, reading);
    return reading;
  }

  return (key, { since, signal }) => {
    const oldest = Math.max(since, clock.now() - patienceMs);
    const latest = readings.get(key);
    const { answer } = latest !== undefined && latest.begunAt >= oldest ? latest : begin(key);
    return until(signal, answer);
  };
}

function until<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new KubeUnreachable('the API server took too long to answer'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
