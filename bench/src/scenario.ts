import type { Addresses } from '@targetgate/sandbox/world';

/** One thing that is measured, with the real programs in a sandbox. */
export interface Scenario {
  /** How it is asked for: `npm run bench -- NAME`. */
  readonly name: string;
  /** What happens in it, in a line. */
  readonly about: string;
  /** Measures once; nothing that it started is left running. Rejects where nothing could be measured. */
  run(surroundings: Surroundings): Promise<readonly Figure[]>;
  /** LBC can be measured in targetgate's place. */
  readonly takesLbc?: true;
  /** Draws what was measured, as an SVG. */
  draw?(figures: readonly Figure[]): string;
}

/** What a scenario is given. */
export interface Surroundings {
  /** Takes a line for each stage, so that a long run shows where it is. */
  readonly onProgress: (line: string) => void;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Where everything is; undefined: wherever there is room. */
  readonly addresses?: Addresses;
  /** A folder with LBC, which is measured in targetgate's place; undefined: targetgate is. */
  readonly lbc?: string;
}

/** Something that was measured. */
export interface Figure {
  /** What it is of, in words that name both ends: `target healthy -> gate True, p50`. */
  readonly of: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MiB' | '1/s' | '';
  /** What to beat, in the same unit; without it, the figure is only told. */
  readonly goal?: Goal;
  /**
   * What AWS Load Balancer Controller took in the same scenario: in the same run, with --lbc; else version 3.5 on another
   * machine of two cores.
   */
  readonly peer?: number;
}

/** The value may be at most, or must be at least, so much. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };
