import type { CrowdSize } from '../crowd/plan.ts';

/** One binding, and ten times its pods at each step. */
export const podsGrow: readonly CrowdSize[] = [10, 100, 1_000].map((podsPerGroup) => ({
  groups: 1,
  podsPerGroup,
}));

/** Ten times the bindings at each step. A binding has one target group, so both grow together. */
export const bindingsGrow: readonly CrowdSize[] = [1, 10, 100].map((groups) => ({
  groups,
  podsPerGroup: 10,
}));

/** Each size once: both ways to grow begin with the same one. */
export const sizes: readonly CrowdSize[] = [...podsGrow, ...bindingsGrow.slice(1)];

/** A size in words: `10 groups x 10 pods`. */
export const wordsOf = ({ groups, podsPerGroup }: CrowdSize): string =>
  `${groups} ${groups === 1 ? 'group' : 'groups'} x ${podsPerGroup.toLocaleString('en-US')} pods`;
