import type { Binding } from '@targetgate/shared/model';
import type { QuotaShare } from '../plan/index.ts';
import { scopeOf } from './scope.ts';

/** How the bindings share AWS's quotas. */
export interface QuotaSharers {
  /**
   * Counts a binding, by a key of its own, until it leaves. `arn`: that of its group, once it was found. Until then
   * groups that are known by their names count apart, as nobody knows their region.
   */
  join(key: string, binding: Pick<Binding, 'role' | 'targetGroup'>, arn?: string): void;
  /** Says whether pods of it are on their way into service. */
  setBusy(key: string, isBusy: boolean): void;
  leave(key: string): void;
  /** Its share; one that has not joined shares with nobody. */
  with(key: string): QuotaShare;
}

/** Those who spend one quota. */
interface Scope {
  /** The places that they have among each other. */
  readonly places: Map<string, number>;
  /** Places of those who have left. */
  readonly free: number[];
  readonly busy: Set<string>;
}

/** Turns by this share of a circle never meet, and any number of them divides it about evenly. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

export function createQuotaSharers(): QuotaSharers {
  const scopes = new Map<string, Scope>();
  const scopeNames = new Map<string, string>();

  const scopeWith = (key: string): Scope | undefined => scopes.get(scopeNames.get(key) ?? '');

  function leave(key: string): void {
    const name = scopeNames.get(key) ?? '';
    const scope = scopes.get(name);
    const place = scope?.places.get(key);
    if (scope === undefined || place === undefined) return;
    scopeNames.delete(key);
    scope.places.delete(key);
    scope.busy.delete(key);
    scope.free.push(place);
    if (scope.places.size === 0) scopes.delete(name);
  }

  return {
    join: (key, { role, targetGroup }, arn) => {
      const about = arn ?? (targetGroup?.by === 'arn' ? targetGroup.arn : '');
      const name = scopeOf({ role, about });
      if (scopeNames.get(key) === name) return;
      leave(key);
      const scope = scopes.get(name) ?? { places: new Map(), free: [], busy: new Set() };
      scope.places.set(key, scope.free.pop() ?? scope.places.size);
      scopes.set(name, scope);
      scopeNames.set(key, name);
    },
    setBusy: (key, isBusy) => {
      const scope = scopeWith(key);
      if (isBusy) scope?.busy.add(key);
      else scope?.busy.delete(key);
    },
    leave,
    with: (key) => {
      const scope = scopeWith(key);
      const place = scope?.places.get(key) ?? 0;
      return {
        bindings: scope?.places.size ?? 0,
        busy: scope?.busy.size ?? 0,
        phase: (place * goldenRatio) % 1,
      };
    },
  };
}
