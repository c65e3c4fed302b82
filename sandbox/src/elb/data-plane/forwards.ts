import { draw, type Random } from '../random.ts';

/** One of the target groups that a listener forwards to, and its share of the requests (AWS: 0-999). */
export interface Forward<Group> {
  readonly group: Group;
  /** A group of weight 0 gets no requests, and is in use all the same: its targets are checked. */
  readonly weight: number;
}

/** The group that the next request goes to, by weight; undefined where all weights are 0. */
export function groupFor<Group>(forwards: readonly Forward<Group>[], random: Random): Group | undefined {
  const weighted = forwards.filter(({ weight }) => weight > 0);
  // What needs no drawing draws nothing: whatever else is drawn of the source stays what it was.
  if (weighted.length < 2) return weighted[0]?.group;
  let left = draw([0, weighted.reduce((sum, { weight }) => sum + weight, 0)], random);
  return weighted.find(({ weight }) => (left -= weight) < 0)?.group;
}
