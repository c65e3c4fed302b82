/** A source of numbers in [0, 1). */
export type Random = () => number;

/** A repeatable source: the same seed gives the same numbers (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A fixed value, or one drawn evenly between two. */
export type Spread = number | readonly [min: number, max: number];

/** One value of the spread. */
export function draw(spread: Spread, random: Random): number {
  if (typeof spread === 'number') return spread;
  const [min, max] = spread;
  return min + random() * (max - min);
}

/** The 16 hexadecimal digits that end an ELB resource's ARN. */
export function hexId(random: Random): string {
  return Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join('');
}
