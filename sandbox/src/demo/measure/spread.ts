/** How a set of durations spreads, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly max: number;
}

/** Median (nearest rank) and maximum; undefined where there is nothing to measure. */
export function spreadOf(durations: readonly number[]): Spread | undefined {
  const sorted = [...durations].sort((a, b) => a - b);
  const p50 = sorted[Math.ceil(sorted.length / 2) - 1];
  const max = sorted.at(-1);
  return p50 === undefined || max === undefined ? undefined : { count: sorted.length, p50, max };
}
