import { createHistogram } from 'node:perf_hooks';
import type { Status, TrafficTotals } from './events.ts';

/** Sums up a run, in bounded memory. */
export type Tally = {
  count(outcome: { readonly status: Status; readonly ok: boolean }, ms: number): void;
  totals(): TrafficTotals;
};

/** Nothing counted yet. */
export function createTally(): Tally {
  const byStatus: Record<Status, number> = {};
  // The histogram counts whole numbers from 1 on: microseconds are fine enough.
  const microseconds = createHistogram();
  let requests = 0;
  let failed = 0;
  const percentile = (percent: number): number =>
    requests === 0 ? 0 : microseconds.percentile(percent) / 1000;

  return {
    count({ status, ok }, ms) {
      requests += 1;
      if (!ok) failed += 1;
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      microseconds.record(Math.max(1, Math.round(ms * 1000)));
    },
    totals: () => ({
      requests,
      failed,
      byStatus: { ...byStatus },
      p50: percentile(50),
      p99: percentile(99),
    }),
  };
}
