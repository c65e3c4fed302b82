import type { ProgramCost } from '@targetgate/sandbox/measure';

/**
 * Of several replicas the one that worked: it used the most CPU.
 *
 * @throws Error where there is none.
 */
export function busiest(costs: readonly ProgramCost[]): ProgramCost {
  const [first] = costs.toSorted((a, b) => b.cpuSeconds - a.cpuSeconds);
  if (!first) throw new Error('no program was measured');
  return first;
}
