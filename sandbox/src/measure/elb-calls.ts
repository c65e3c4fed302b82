import type { WorldEvent } from '../world/index.ts';

/** A span of time, in epoch milliseconds; the end is not in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How often each operation was called for a target group, ordered by name. */
export function elbCallsOf(
  events: readonly WorldEvent[],
  targetGroup: string,
  { from, to }: Span,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'elb-call' || event.targetGroup !== targetGroup) continue;
    if (event.at >= from && event.at < to)
      counts.set(event.operation, (counts.get(event.operation) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All calls together. */
export const totalOf = (calls: Readonly<Record<string, number>>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
