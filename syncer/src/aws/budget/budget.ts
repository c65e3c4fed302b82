import type { Clock } from '@targetgate/shared/runtime';
import type { Turns } from '../../sync/turns.ts';
import { kindOf, startingPerSecond, type Kind } from './kind.ts';
import { createPurse, type OnWaited, type Purse } from './purse.ts';
import { scopeOf } from './scope.ts';

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

/**
 * A budget that begins politely, as others share the quota, goes faster while calls wait and ELB does not object, and
 * falls to half when ELB throttles. Each call takes a token; where there is none it waits, the most urgent first. A
 * deregistration therefore waits for other deregistrations only.
 */
export function createBudget(options: { readonly clock: Clock; readonly onWaited: OnWaited }): Budget {
  const purses = new Map<string, { readonly scope: string; readonly kind: Kind; readonly purse: Purse }>();
  let isClosed = false;

  function purseOf(scope: string, kind: Kind): Purse {
    const key = `${kind} ${scope}`;
    const known = purses.get(key);
    if (known) return known.purse;
    const purse = createPurse(startingPerSecond[kind], options);
    if (isClosed) purse.close();
    purses.set(key, { scope, kind, purse });
    return purse;
  }

  return {
    wait: (order, onTurn) => purseOf(scopeOf(order), kindOf[order.urgency].kind).wait(order, onTurn),
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
