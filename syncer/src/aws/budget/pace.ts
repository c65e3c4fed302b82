/** How many calls are made each second, and what is known of ELB's limit. */
export interface Pace {
  readonly perSecond: number;
  /** ELB has throttled before: its limit is near. */
  readonly isLimitNear: boolean;
}

/** However often ELB throttles, it is asked this often: each answer may be the one that says it does not any more. */
const leastPerSecond = 0.5;

/** What was lost at the first throttle is won back in about this time, in seconds, while somebody waits. */
const recoverySeconds = 100;

export const startingPace = (perSecond: number): Pace => ({ perSecond, isLimitNear: false });

/**
 * The pace after so many seconds in which calls waited and ELB did not object: as that of TCP, it doubles each second
 * until the first throttle; from then on it grows evenly.
 */
export function faster({ perSecond, isLimitNear }: Pace, start: number, seconds: number): Pace {
  const grown = isLimitNear ? perSecond + (start * seconds) / recoverySeconds : perSecond * 2 ** seconds;
  return { perSecond: grown, isLimitNear };
}

/** The pace after a throttle: half. */
export const slower = ({ perSecond }: Pace): Pace => ({
  perSecond: Math.max(leastPerSecond, perSecond / 2),
  isLimitNear: true,
});
