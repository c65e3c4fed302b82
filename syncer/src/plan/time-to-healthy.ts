/**
 * What is known of how long the targets of a group take from their registration to being healthy: what was learnt, and
 * what the health check's interval lets expect until then.
 */
export interface TimeToHealthy {
  readonly learnt: Learnt;
  /** The interval of the group's health check, in milliseconds; undefined where it is not known. */
  readonly checkEveryMs: number | undefined;
}

/** Weights of spans of time, the shortest first: as many numbers however much is learnt. */
export type Learnt = readonly number[];

/** A target became healthy more than `over` and at most `upTo` milliseconds after its registration: between two looks. */
export interface Sighting {
  readonly over: number;
  readonly upTo: number;
}

/** The spans: up to 0.1 s, then four to each doubling, up to 14 minutes. An NLB takes 180-300 s (LBC#1834). */
const shortestMs = 100;
const spansEachDoubling = 4;
const spanCount = 53;
const edges = Array.from({ length: spanCount + 1 }, (_, n) =>
  n === 0 ? 0 : shortestMs * 2 ** ((n - 1) / spansEachDoubling),
);
const longestMs = edges[spanCount] ?? 0;

/** What a sighting keeps of its weight with each one that follows it: after 23 it counts half. */
const decay = 0.97;

/** The expectation is forgotten when sightings weigh so much. */
const forgottenAt = 4;

/** Weight that every millisecond has, so that what never happened yet can be learnt. */
const openness = 1e-6;

/** The interval where it is not known: ELB's default. */
const usualCheckEveryMs = 30_000;

/** A load balancer knows a target after this at the earliest, and its first check comes this long after the interval. */
const soonestMs = 500;
const latestMs = 1_500;

/** Before anything was seen. */
export const nothingLearnt: Learnt = Array<number>(spanCount).fill(0);

/**
 * Learns from sightings. Where in its span of time each target became healthy is not known: its weight is spread over
 * the span as the others let expect (self-consistency, as of interval-censored data).
 */
export function learn(known: TimeToHealthy, sightings: readonly Sighting[]): Learnt {
  return sightings.reduce<Learnt>((learnt, { over, upTo }) => {
    const from = Math.min(Math.max(over, 0), longestMs - 1);
    const to = Math.min(upTo, longestMs);
    // A clock that was set back makes spans that cannot be.
    if (!(to - from >= 1)) return learnt;
    const expected = weightsOf({ ...known, learnt });
    const shares = expected.map((weight, n) => {
      const common = overlap(n, from, to);
      return common * (weight / widthOf(n) + openness);
    });
    const all = sum(shares);
    return learnt.map((weight, n) => decay * weight + (shares[n] ?? 0) / all);
  }, known.learnt);
}

/** The time, in milliseconds, within which this share of the targets is healthy: for any share the same or longer ones. */
export function healthyWithin(known: TimeToHealthy, share: number): number {
  const weights = weightsOf(known);
  let missing = share * sum(weights);
  for (const [n, weight] of weights.entries()) {
    if (weight > 0 && missing <= weight) return startOf(n) + (missing / weight) * widthOf(n);
    missing -= weight;
  }
  return longestMs;
}

/** What was learnt, and what is expected as long as that is little. */
function weightsOf({ learnt, checkEveryMs = usualCheckEveryMs }: TimeToHealthy): readonly number[] {
  const trust = Math.max(0, 1 - sum(learnt) / forgottenAt);
  if (trust === 0) return learnt;
  const to = checkEveryMs + latestMs;
  return learnt.map((weight, n) => weight + (trust * overlap(n, soonestMs, to)) / (to - soonestMs));
}

const startOf = (n: number): number => edges[n] ?? 0;
const widthOf = (n: number): number => (edges[n + 1] ?? longestMs) - startOf(n);
const overlap = (n: number, from: number, to: number): number =>
  Math.max(0, Math.min(edges[n + 1] ?? longestMs, to) - Math.max(startOf(n), from));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
