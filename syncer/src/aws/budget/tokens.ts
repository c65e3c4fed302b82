import type { Clock } from '@targetgate/shared/runtime';
import type { Urgency } from '../../sync/turns.ts';
import { filledAt, refill, type Bucket, type Inflow } from './bucket.ts';
import { aloneShare, kindOf, limitsOf, reserveShare, type Kind } from './kind.ts';
import { faster, leastPerSecond, recovered, slower, startingPace, warned } from './pace.ts';

/** The tokens for calls of one kind, and the pace at which they come in. */
export interface Tokens {
  /** Takes account of the time since the last count; `isLine`: in which somebody waited. All else holds as of then. */
  count(isLine: boolean): void;
  /** Takes a token for a call, unless there are too few: what is less urgent leaves some. */
  take(urgency: Urgency): boolean;
  giveBack(): void;
  /** When there will be a token for such a call (epoch ms). */
  dueAt(urgency: Urgency): number;
  /** Says that ELB has taken a call: there may be room for more. */
  taken(): void;
  /** Says that ELB has throttled a call. */
  throttled(urgency: Urgency): void;
  /** Says that ELB has throttled a call of another kind. */
  warned(): void;
  /** Notes a call that others would have shared if it had waited; false where there were many of them of late. */
  takeAlone(): boolean;
  /** Calls a second, now. */
  readonly perSecond: number;
  /** When they were counted last (epoch ms). */
  readonly countedAt: number;
}

/** However small the bucket, what leaves a token for others finds one. */
const leastCapacity = 2;

const shareOf = ({ perSecond, capacity }: Inflow, share: number): Inflow => ({
  perSecond: perSecond * share,
  capacity: Math.max(leastCapacity, capacity * share),
});

/** One call that ELB takes says that the pace is right for this long, in seconds: at the slowest, there is no other. */
const vouchesForSeconds = 1 / leastPerSecond;

export function createTokens(kind: Kind, clock: Clock, share = 1): Tokens {
  const start = shareOf(limitsOf[kind].start, share);
  let pace = startingPace(start.perSecond);
  let bucket: Bucket = { tokens: start.capacity, at: clock.now() };
  /** What is left for calls that others would have shared. */
  let alone: Bucket = { tokens: start.capacity * aloneShare, at: clock.now() };
  /** For how long there has been a line since the pace last grew, in seconds. */
  let lineSeconds = 0;

  /** A faster pace has no bigger bursts: that ELB takes so many a second says nothing of its bucket. */
  const inflow = (): Inflow => ({
    perSecond: pace.perSecond,
    capacity: Math.max(leastCapacity, start.capacity * Math.min(1, pace.perSecond / start.perSecond)),
  });
  const neededFor = (urgency: Urgency): number =>
    kindOf[urgency].leavesReserve ? 1 + Math.max(1, inflow().capacity * reserveShare) : 1;
  const secondsSince = (): number => (clock.now() - bucket.at) / 1000;
  const setTokens = (tokens: number): void => {
    bucket = { ...bucket, tokens };
  };

  return {
    count: (isLine) => {
      const seconds = secondsSince();
      pace = recovered(pace, seconds);
      bucket = refill(bucket, inflow(), clock.now());
      if (isLine) lineSeconds += seconds;
    },

    take: (urgency) => {
      if (bucket.tokens < neededFor(urgency)) return false;
      setTokens(bucket.tokens - 1);
      return true;
    },

    giveBack: () => setTokens(bucket.tokens + 1),

    dueAt: (urgency) => filledAt(bucket, inflow(), neededFor(urgency)),

    taken: () => {
      pace = faster(pace, Math.min(lineSeconds, vouchesForSeconds), clock.now());
      lineSeconds = 0;
    },

    // ELB's own bucket is empty. A token stays for calls that go first: theirs may be the one that ELB takes.
    throttled: (urgency) => {
      pace = slower(pace, clock.now());
      setTokens(Math.min(bucket.tokens, kindOf[urgency].leavesReserve ? 1 : 0));
    },

    warned: () => {
      pace = warned(pace, clock.now());
      setTokens(Math.min(bucket.tokens, inflow().capacity));
    },

    takeAlone: () => {
      const { perSecond, capacity } = inflow();
      const part = { perSecond: perSecond * aloneShare, capacity: capacity * aloneShare };
      alone = refill(alone, part, clock.now());
      if (alone.tokens < 1) return false;
      alone = { ...alone, tokens: alone.tokens - 1 };
      return true;
    },
    get perSecond() {
      return recovered(pace, secondsSince()).perSecond;
    },
    get countedAt() {
      return bucket.at;
    },
  };
}
