/** A moment that is known to lie between two, in epoch milliseconds; they are the same where it is known exactly. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const exactly = (at: number): Span => ({ from: at, to: at });

/** What the Kubernetes API says of a moment: it cuts times to whole seconds. */
export const withinSecondOf = (at: number): Span => ({ from: at, to: at + 1_000 });

/** The moment that comes so many milliseconds after another. */
export const after = (moment: Span, { from, to }: Span): Span => ({
  from: moment.from + from,
  to: moment.to + to,
});

/**
 * The first of two moments. Where `other` did not come first for certain, it only tells that the first came no later:
 * times in whole seconds would otherwise make an exact moment vague.
 */
export function firstOf(moment: Span, other: Span): Span {
  if (other.to < moment.from) return other;
  return { from: moment.from, to: Math.min(moment.to, other.to) };
}
