/** How many calls are made each second, and what is known of ELB's limit. */
export interface Pace {
  readonly perSecond: number;
  /** What it began with. */
  readonly start: number;
  /** When ELB throttled last (epoch ms); undefined where it never did. */
  readonly throttledAt: number | undefined;
}

/** However often ELB throttles, it is asked this often: each answer may be the one that says it does not any more. */
export const leastPerSecond = 0.5;

/** A budget that is a small share of the whole never asks more often than this part of what it began with. */
const leastPart = 1 / 8;

/** However little ELB objects, the pace is at most this many times what it began with. */
const mostTimes = 8;

/** What the pace began with is won back in about this time, in seconds. */
const recoverySeconds = 100;

/** The limit at which ELB throttled counts as near for this long, in milliseconds: others may have been the cause. */
const limitIsNearMs = 300_000;

export const startingPace = (start: number): Pace => ({ perSecond: start, start, throttledAt: undefined });

/**
 * The pace after so many seconds, whatever was called: it grows evenly up to what it began with. What was lost in one bad
 * minute is not lost in the hours after it.
 */
export const recovered = (pace: Pace, seconds: number): Pace =>
  pace.perSecond >= pace.start
    ? pace
    : { ...pace, perSecond: Math.min(pace.start, pace.perSecond + evenly(pace, seconds)) };

/**
 * The pace after ELB has taken a call, where calls have waited for so many seconds. Above what it began with it doubles
 * each second, as that of TCP does; evenly while a limit is near.
 */
export function faster(pace: Pace, seconds: number, now: number): Pace {
  const { perSecond, start, throttledAt } = pace;
  if (perSecond < start) return pace;
  const isLimitNear = throttledAt !== undefined && now - throttledAt < limitIsNearMs;
  const grown = isLimitNear ? perSecond + evenly(pace, seconds) : perSecond * 2 ** seconds;
  return { ...pace, perSecond: Math.min(mostTimes * start, grown) };
}

/** The pace after a throttle: half. */
export const slower = (pace: Pace, now: number): Pace => ({
  ...pace,
  perSecond: Math.max(Math.min(leastPerSecond, pace.start * leastPart), pace.perSecond / 2),
  throttledAt: now,
});

/**
 * The pace where calls of another kind were throttled: half of what it began with, at the most. The account has less to
 * spare than AWS says, or others use it up, and the first calls that find out need not be throttled as well.
 */
export const warned = (pace: Pace, now: number): Pace => ({
  ...pace,
  perSecond: Math.min(pace.perSecond, pace.start / 2),
  throttledAt: now,
});

const evenly = ({ start }: Pace, seconds: number): number => (start * seconds) / recoverySeconds;
