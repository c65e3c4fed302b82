import type { Problem } from '@targetgate/shared/resolve';
import type { PlanInput, Trouble } from './input.ts';

/**
 * What keeps the whole binding from having targets; undefined where it has them. What is only not known yet is not known
 * for a reason, where there is trouble with AWS.
 */
export const problemOf = ({ resolution: { problem }, trouble }: PlanInput): Problem | Trouble | undefined =>
  problem !== undefined && notYetKnown.has(problem.reason) ? (trouble ?? problem) : problem;

const notYetKnown: ReadonlySet<Problem['reason']> = new Set(['TargetTypeUnknown', 'TenancyUnknown']);
