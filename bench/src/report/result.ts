import type { Figure, Scenario } from '../scenario.ts';

/** What became of one scenario. */
export type Result = Pick<Scenario, 'name' | 'about'> & { readonly seconds: number } & (
    | {
        readonly is: 'measured';
        readonly figures: readonly Figure[];
        /** The peer was measured in the same run. */
        readonly besidePeer: boolean;
      }
    | { readonly is: 'failed'; readonly why: string }
  );

/** Figures beside those that the peer had in the same run; what it has none of stays without. */
export const besidePeer = (figures: readonly Figure[], peers: readonly Figure[]): Figure[] =>
  figures.map(({ of, value, unit, goal }) => {
    const peer = peers.find((figure) => figure.of === of)?.value;
    return { of, value, unit, ...(goal && { goal }), ...(peer !== undefined && { peer }) };
  });

/** Whether a figure meets its goal; undefined where it has none. */
export function isMet({ value, goal }: Pick<Figure, 'value' | 'goal'>): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}
