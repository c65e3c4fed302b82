import type { ElbResult } from '../sync/target-groups.ts';

/**
 * Remembers each answer for a while, in milliseconds. Those who ask for the same at the same time share one call; one
 * that failed is made again by the next who asks.
 */
export function remember<T, How extends unknown[]>(
  read: (key: string, ...how: How) => Promise<ElbResult<T>>,
  { forMs, now }: { forMs: number; now: () => number },
): (key: string, ...how: How) => Promise<ElbResult<T>> {
  const remembered = new Map<string, { readonly result: Promise<ElbResult<T>>; readonly until: number }>();

  return async (key, ...how) => {
    const known = remembered.get(key);
    if (known && now() < known.until) return known.result;
    const entry = { result: read(key, ...how), until: now() + forMs };
    remembered.set(key, entry);
    const result = await entry.result;
    if ('trouble' in result && remembered.get(key) === entry) remembered.delete(key);
    return result;
  };
}
