import type { Figure, Scenario } from '../scenario.ts';

/** What became of one scenario. */
export type Result = Pick<Scenario, 'name' | 'about'> & { readonly seconds: number } & (
    | { readonly is: 'measured'; readonly figures: readonly Figure[] }
    | { readonly is: 'failed'; readonly why: string }
  );

/** Whether a figure meets its goal; undefined where it has none. */
export function isMet({ value, goal }: Pick<Figure, 'value' | 'goal'>): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}
