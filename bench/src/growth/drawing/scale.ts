/** Whole powers of ten: from 10^from, over so many decades. */
export interface Decades {
  readonly from: number;
  readonly count: number;
}

/** Places values so that each ten times takes the same room. */
export interface LogScale {
  /** The powers of ten, with both ends. */
  readonly ticks: readonly number[];
  /** Where a value is, in pixels; one that is less than `least` is there where that is. */
  at(value: number): number;
}

/** CPU time has ticks of 10 ms, times are about as exact: what is less is no different from it, and 0 has no logarithm. */
const least = 0.01;

/** The decades that hold all the values. */
export function decadesOf(values: readonly number[]): Decades {
  const logs = values.map(logOf);
  const from = Math.floor(Math.min(...logs));
  return { from, count: Math.ceil(Math.max(...logs)) - from };
}

/** A scale whose first power of ten is at the pixel `start`, and whose last is at `end`. */
export function logScale({ from, count }: Decades, start: number, end: number): LogScale {
  return {
    ticks: Array.from({ length: count + 1 }, (_, decade) => 10 ** (from + decade)),
    at: (value) => start + ((logOf(value) - from) / count) * (end - start),
  };
}

const logOf = (value: number): number => Math.log10(Math.max(value, least));
