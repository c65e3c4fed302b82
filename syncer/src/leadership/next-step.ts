import type { Knowledge } from './knowledge.ts';
import type { Timing } from './timing.ts';

/** What a candidate is, and knows. */
export interface Situation {
  /** Who the candidate is. */
  readonly identity: string;
  /** Undefined before the API has said anything. */
  readonly known: Knowledge | undefined;
  /** When the last renewal that succeeded was sent; undefined where the candidate holds nothing. */
  readonly renewedAt: number | undefined;
  /** Whether it wants to hold the Lease: one that is stopping does not take it any more. */
  readonly isWilling: boolean;
  /** Whether a holder is this candidate's own predecessor, of which nothing is left. */
  readonly isPredecessor: (holder: string) => boolean;
  /** For how long others go first when the Lease is free. */
  readonly headStartMs: number;
  /** Not before this: the last try failed. */
  readonly notBefore: number;
  readonly timing: Timing;
}

/** What to do next, and when: at once where the time is past; never, until something is seen, where it is Infinity. */
export interface Step {
  readonly kind: 'renew' | 'take';
  readonly at: number;
}

/**
 * What a candidate does next. All times are of its own clock.
 *
 * | held by      | willing | then                                                                  |
 * | ------------ | ------- | --------------------------------------------------------------------- |
 * | not known    |         | nothing                                                               |
 * | us           |         | renew, a while after the last renewal                                 |
 * | us           |         | renew at once, where there was none, or somebody has deleted it       |
 * | predecessor  | yes     | take at once                                                          |
 * | nobody       | yes     | take when it is free, after the head start of the others                             |
 * | another      | yes     | take when it is free, after the head start of the others              |
 * | not us       | no      | nothing                                                               |
 */
export function nextStep(situation: Situation): Step {
  const { identity, known, renewedAt, isWilling, isPredecessor, headStartMs, notBefore, timing } = situation;
  if (known === undefined) return { kind: 'take', at: Infinity };
  if (known.holder === identity) {
    const isUrgent = renewedAt === undefined || known.lease === undefined;
    return { kind: 'renew', at: isUrgent ? notBefore : Math.max(renewedAt + timing.renewEveryMs, notBefore) };
  }
  if (!isWilling) return { kind: 'take', at: Infinity };
  if (isPredecessor(known.holder)) return { kind: 'take', at: notBefore };
  return { kind: 'take', at: Math.max(known.freeAt + headStartMs, notBefore) };
}
