/** How a set of durations spreads, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly max: number;
}

/** Minimum, median (nearest rank) and maximum; undefined where there is nothing to measure. */
export function spreadOf(durations: readonly number[]): Spread | undefined {
  const sorted = [...durations].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const p50 = sorted[Math.ceil(sorted.length / 2) - 1];
  if (min === undefined || p50 === undefined || max === undefined) return undefined;
  return { count: sorted.length, min, p50, max };
}
