/** How many of `count` pods a floor keeps: a share of them, rounded up, so that a single pod is always kept. */
export const floorOf = (count: number, share: number): number => Math.ceil(count * share);
