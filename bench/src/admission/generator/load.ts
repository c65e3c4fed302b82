/** What a run of the generator found. */
export interface Load {
  readonly answered: number;
  readonly seconds: number;
  /** From sending a request to the end of its answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of the generator: more than most of a core, and it is itself what was measured. */
  readonly cpuSeconds: number;
}

/** What the generator prints, one a line: that it begins to measure, and what it found. */
export type Line = { readonly kind: 'warm' } | ({ readonly kind: 'load' } & Load);

/** The value that so large a share of all values does not exceed (nearest rank). @throws RangeError for no values. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}
