import type { TargetKey } from '../../ledger/ledger.ts';
import type { TargetHealth } from '../../plan/index.ts';

/** Targets that somebody else registers have addresses of their own. */
export const isForeign = (target: TargetKey): boolean => target.startsWith('10.0.9.');

/** What ELB, and people with its console, do to the targets of the group. */
export function createModelGroup(targets: Map<TargetKey, TargetHealth>) {
  return {
    /** The targets that are not being drained, foreign ones aside. */
    registered: (): TargetKey[] =>
      [...targets].filter(([key, { state }]) => !isForeign(key) && state !== 'draining').map(([key]) => key),

    /** Only registered targets have their health checked, and can begin to drain: those with an address, or all. */
    find: (state: 'healthy' | 'unhealthy' | 'draining', ip?: string): void => {
      for (const [key, { state: before }] of targets) {
        const meant = ip === undefined ? !isForeign(key) : key.startsWith(`${ip}:`);
        if (meant && before !== 'draining') targets.set(key, { state });
      }
    },

    endDraining: (): void => {
      for (const [key, { state }] of targets) if (state === 'draining') targets.delete(key);
    },

    addForeign: (n: number): void => {
      targets.set(`10.0.9.${n}:8080`, { state: 'healthy' });
    },
  };
}
