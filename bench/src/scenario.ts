/** One thing that is measured, with the real programs in a sandbox. */
export interface Scenario {
  /** How it is asked for: `npm run bench -- NAME`. */
  readonly name: string;
  /** What happens in it, in a line. */
  readonly about: string;
  /** Measures once; nothing that it started is left running. Rejects where nothing could be measured. */
  run(surroundings: Surroundings): Promise<readonly Figure[]>;
  /** Draws what was measured, as an SVG. */
  draw?(figures: readonly Figure[]): string;
}

/** What a scenario is given. */
export interface Surroundings {
  /** Takes a line for each stage, so that a long run shows where it is. */
  readonly onProgress: (line: string) => void;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** Something that was measured. */
export interface Figure {
  /** What it is of, in words that name both ends: `target healthy -> gate True, p50`. */
  readonly of: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MiB' | '1/s' | '';
  /** What to beat, in the same unit; without it, the figure is only told. */
  readonly goal?: Goal;
  /** What AWS Load Balancer Controller 3.5 took in the same scenario on another machine of two cores. */
  readonly peer?: number;
}

/** The value may be at most, or must be at least, so much. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };
