import { KubeUnreachable } from '@targetgate/shared/kube';

/** Does a work when its turn comes. Throws KubeUnreachable where that is not before the signal. */
export type Slots = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Lets so many works go on at once; the others wait in line. */
export function createSlots(count: number): Slots {
  let free = count;
  /** How each of those who wait is told to begin, in the order of their coming. */
  const line = new Set<() => void>();

  async function turn(signal: AbortSignal): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        line.delete(begin);
        reject(new KubeUnreachable('the API server was not asked: too much is being read at once'));
      };
      const begin = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      line.add(begin);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  function handOver(): void {
    const [next] = line;
    if (next === undefined) {
      free += 1;
      return;
    }
    line.delete(next);
    next();
  }

  return async (work, signal) => {
    await turn(signal);
    try {
      return await work();
    } finally {
      handOver();
    }
  };
}
