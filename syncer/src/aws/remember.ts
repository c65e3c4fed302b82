import type { ElbResult } from '../sync/target-groups.ts';
import { isMoreUrgent, type Urgency } from '../sync/turns.ts';

interface Remembered<T> {
  readonly result: Promise<ElbResult<T>>;
  readonly until: number;
  /** How urgent the call is that is under way; undefined once it was answered. */
  pending: Urgency | undefined;
}

/**
 * Remembers each answer for a while, in milliseconds. Those who ask for the same at the same time share one call, unless
 * it is less urgent than they are: it may wait long for its turn. One that failed is made again by the next who asks.
 */
export function remember<T>(
  read: (key: string, urgency: Urgency) => Promise<ElbResult<T>>,
  { forMs, now }: { forMs: number; now: () => number },
): (key: string, urgency: Urgency) => Promise<ElbResult<T>> {
  const remembered = new Map<string, Remembered<T>>();

  return async (key, urgency) => {
    const known = remembered.get(key);
    const isLate = known?.pending !== undefined && isMoreUrgent(urgency, known.pending);
    if (known && now() < known.until && !isLate) return known.result;
    const entry: Remembered<T> = { result: read(key, urgency), until: now() + forMs, pending: urgency };
    remembered.set(key, entry);
    const result = await entry.result;
    entry.pending = undefined;
    if ('trouble' in result && remembered.get(key) === entry) remembered.delete(key);
    return result;
  };
}
