/**
 * Calls a second that AWS allows an account in a region and that change nothing ("Request throttling for the ELB API" in
 * the ELB user guide).
 */
const allowedPerSecond = 10;

/** How much of that may go into a question that nobody waits for. */
const politeShare = 1 / 10;

/**
 * How often to ask something that nobody waits for, in milliseconds: as often as one would, unless what all those who
 * share the quota ask, `calls` in each interval, would take too much of it.
 */
export const politeInterval = (everyMs: number, calls: number): number =>
  Math.max(everyMs, (1_000 * calls) / (allowedPerSecond * politeShare));
