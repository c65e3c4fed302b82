import { scopeOf } from '../../sync/scope.ts';
import type { Order, Turns } from '../../sync/turns.ts';
import { kindOf, type Kind } from './kind.ts';
import { createPurse, type Purse, type PurseOptions } from './purse.ts';

/** How much of ELB's quota the syncer takes: one budget for all bindings, by account, region and kind of call. */
export interface Budget extends Turns {
  purses(): Iterable<PurseView>;
}

/** One of a budget's purses, as metrics show it. */
export interface PurseView extends Pick<Purse, 'perSecond' | 'waiting'> {
  /** Account and region. */
  readonly scope: string;
  readonly kind: Kind;
}

/** What a budget needs. */
export interface BudgetOptions extends PurseOptions {
  /** The region of what is known by its name only. */
  readonly region?: string | undefined;
}

/**
 * A budget that begins politely, as others share the quota, goes faster while calls wait and ELB takes them, and falls to
 * half when ELB throttles. Each call takes a token; where there is none it waits, the most urgent first. A deregistration
 * therefore waits for other deregistrations only. Calls that change something are the first to be throttled when little
 * is left, and warn those that do not; never the other way round, as a question must not slow a deregistration down.
 */
export function createBudget({ region, ...options }: BudgetOptions): Budget {
  const purses = new Map<string, { readonly scope: string; readonly kind: Kind; readonly purse: Purse }>();
  let isClosed = false;

  function purseOf(scope: string, kind: Kind): Purse {
    const key = `${kind} ${scope}`;
    const known = purses.get(key);
    if (known) return known.purse;
    // Bindings come and go, and their roles and regions with them.
    for (const [other, { purse }] of purses) if (purse.isIdle) purses.delete(other);
    const onThrottled = (): void => {
      if (kind === 'mutating') purseOf(scope, 'non-mutating').warn();
    };
    const purse = createPurse(kind, options, onThrottled);
    if (isClosed) purse.close();
    purses.set(key, { scope, kind, purse });
    return purse;
  }

  const purseFor = (order: Order): Purse => purseOf(scopeOf(order, region), kindOf[order.urgency].kind);

  return {
    wait: (order, onTurn) => purseFor(order).wait(order, onTurn),
    takenAt: (order) => purseFor(order).takenAt,
    mayGoAlone: (order) => purseFor(order).mayGoAlone(),
    purses: () =>
      purses
        .values()
        .map(({ scope, kind, purse: { perSecond, waiting } }) => ({ scope, kind, perSecond, waiting })),
    close: () => {
      isClosed = true;
      for (const { purse } of purses.values()) purse.close();
    },
  };
}
