import type { Probe } from '../pod/probe.ts';

/** What a row of probes amounts to. `verdict` is undefined until a threshold is reached for the first time. */
export interface Tally {
  readonly verdict: boolean | undefined;
  readonly last: boolean | undefined;
  /** How many probes in a row ended like the last one. */
  readonly row: number;
}

export const noProbesYet: Tally = { verdict: undefined, last: undefined, row: 0 };

/** Counts one probe in: the verdict changes when a threshold is reached, and stays until the other one is. */
export function count(tally: Tally, passed: boolean, probe: Pick<Probe, 'passes' | 'failures'>): Tally {
  const row = tally.last === passed ? tally.row + 1 : 1;
  const reached = row >= (passed ? probe.passes : probe.failures);
  return { verdict: reached ? passed : tally.verdict, last: passed, row };
}
