import type { TrafficTotals } from '../../traffic/index.ts';
import type { WorldEvent } from '../../world/index.ts';

/** The answers within one span of time, by status. */
export interface Bucket {
  /** Its begin, in epoch milliseconds. */
  readonly at: number;
  readonly ms: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A whole answer below 500. Anything else, a broken connection too, is a failed request. */
export const isOk = (status: string): boolean => /^[1-4]\d\d$/.test(status);

/** The buckets that a traffic process reported, `per` of them put together to one. */
export function requestRate(events: readonly WorldEvent[], traffic: string, per: number): Bucket[] {
  const buckets: Bucket[] = [];
  let parts = 0;
  for (const event of events) {
    if (event.kind !== 'traffic' || event.traffic !== traffic) continue;
    const last = parts % per === 0 ? undefined : buckets.pop();
    buckets.push(last ? merge(last, event) : { at: event.at, ms: event.ms, counts: event.counts });
    parts++;
  }
  return buckets;
}

function merge(a: Bucket, b: Bucket): Bucket {
  const counts = { ...a.counts };
  for (const [status, count] of Object.entries(b.counts)) counts[status] = (counts[status] ?? 0) + count;
  return { at: a.at, ms: a.ms + b.ms, counts };
}

/** Statuses that occur, answers below 500 first, then each kind of failure. */
export function statusesOf({ byStatus }: Pick<TrafficTotals, 'byStatus'>): string[] {
  const rank = (status: string): string => `${isOk(status) ? 0 : 1}${status}`;
  return Object.keys(byStatus).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
