import type { Status, TrafficBucket } from './events.ts';

/** Counts what ends, in spans of equal length, one after the other without a gap. */
export type Buckets = {
  /** Counts one ended request; `now` in epoch milliseconds, never going back. */
  count(status: Status, now: number): void;
  /** Reports the buckets that are over by now, empty ones too. */
  advance(now: number): void;
  /** Reports the last, perhaps unfinished bucket as well, when something was counted in it. */
  end(now: number): void;
};

/** Buckets of `ms` milliseconds from `start` on. */
export function createBuckets(start: number, ms: number, report: (bucket: TrafficBucket) => void): Buckets {
  let at = start;
  let counts: Record<Status, number> = {};

  function flush(): void {
    report({ kind: 'traffic', at, ms, counts });
    at += ms;
    counts = {};
  }
  function advance(now: number): void {
    while (now >= at + ms) flush();
  }

  return {
    count(status, now) {
      advance(now);
      counts[status] = (counts[status] ?? 0) + 1;
    },
    advance,
    end(now) {
      advance(now);
      if (Object.keys(counts).length > 0) flush();
    },
  };
}
