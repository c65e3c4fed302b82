import type { Rollout } from '../measure/rollout.ts';

/** What a rollout is called in all that people read. */
export const titleOf = ({ gated }: Pick<Rollout, 'gated'>): string =>
  gated ? 'With readiness gates' : 'Without readiness gates';
