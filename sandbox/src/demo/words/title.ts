import type { Rollout } from '../measure/rollout.ts';

/** What a rollout is called in all that people read. */
export const titleOf = ({ labelled }: Pick<Rollout, 'labelled'>): string =>
  labelled ? 'With both labels' : 'Without labels';
