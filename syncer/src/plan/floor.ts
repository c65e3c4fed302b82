/** How many of `count` a floor keeps: a share of them, rounded up, so that a single one is kept by any share but 0. */
export const floorOf = (count: number, share: number): number =>
  Math.max(0, Math.ceil(count * share - rounding));

/** 55% of 100 is 55.00000000000001 in binary floating point. */
const rounding = 1e-9;
