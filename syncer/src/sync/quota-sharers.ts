import type { Binding } from '@targetgate/shared/model';
import { scopeOf } from './scope.ts';

/** How many bindings spend the same quota of AWS. */
export interface QuotaSharers {
  /** Counts a binding, by a key of its own, until it leaves. */
  join(key: string, binding: Binding): void;
  leave(key: string): void;
  /** How many spend the same as this one; none where it has not joined. */
  with(key: string): number;
}

export function createQuotaSharers(): QuotaSharers {
  const scopes = new Map<string, string>();
  const counts = new Map<string, number>();

  function add(scope: string, change: 1 | -1): void {
    const count = (counts.get(scope) ?? 0) + change;
    if (count > 0) counts.set(scope, count);
    else counts.delete(scope);
  }

  function leave(key: string): void {
    const scope = scopes.get(key);
    if (scope === undefined) return;
    scopes.delete(key);
    add(scope, -1);
  }

  return {
    join: (key, { role, targetGroup }) => {
      leave(key);
      const about = targetGroup?.by === 'arn' ? targetGroup.arn : '';
      const scope = scopeOf({ role, about });
      scopes.set(key, scope);
      add(scope, 1);
    },
    leave,
    with: (key) => counts.get(scopes.get(key) ?? '') ?? 0,
  };
}
