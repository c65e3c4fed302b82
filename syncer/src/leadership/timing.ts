/** With less, one slow answer of the API server costs the Lease. */
export const shortestLeaseMs = 3_000;

/** With more, a crash costs more than a rollout; a Lease that says more was not written by a syncer. */
export const longestLeaseMs = 60_000;

/** The times of a Lease, in milliseconds. All follow from its duration. */
export interface Timing {
  /** Others may take the Lease when they have seen no renewal for this long. */
  readonly durationMs: number;
  /** The holder may write until this long after it sent the last renewal that succeeded: less than the duration. */
  readonly renewDeadlineMs: number;
  /** How often it is renewed. */
  readonly renewEveryMs: number;
  /** How long after a failure it is tried again. */
  readonly retryEveryMs: number;
  /** One call is given up after this long, so that a connection which is dead costs one try and not the Lease. */
  readonly answerWithinMs: number;
}

/**
 * With the default of 7 s: writes end 5 s after the last renewal was sent, 2 s before anybody else may begin. It is
 * renewed each 1.5 s; one that fails is tried again each half second, and one without an answer after 3 s, once.
 *
 * Whole milliseconds, as timers of Node take no others; rounded down, which is never later than it may be.
 */
export function timingOf(durationMs: number): Timing {
  const part = (fourteenths: number): number => Math.floor((durationMs * fourteenths) / 14);
  return {
    durationMs,
    renewDeadlineMs: part(10),
    renewEveryMs: part(3),
    retryEveryMs: part(1),
    answerWithinMs: part(5),
  };
}
