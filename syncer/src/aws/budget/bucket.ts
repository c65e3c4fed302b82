/** Tokens, of which each call takes one, and when they were counted (epoch ms). */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** How fast a bucket fills, and how much it takes. */
export interface Inflow {
  readonly perSecond: number;
  readonly capacity: number;
}

/** The bucket as it is now. */
export const refill = ({ tokens, at }: Bucket, { perSecond, capacity }: Inflow, now: number): Bucket => ({
  tokens: Math.min(capacity, tokens + (perSecond * (now - at)) / 1000),
  at: now,
});

/**
 * When the bucket will have so many tokens (epoch ms): a whole millisecond that is still to come, so that no error of
 * rounding makes anybody look again in the same instant.
 */
export const filledAt = ({ tokens, at }: Bucket, { perSecond }: Inflow, needed: number): number =>
  Math.floor(at + (1000 * Math.max(0, needed - tokens)) / perSecond) + 1;
