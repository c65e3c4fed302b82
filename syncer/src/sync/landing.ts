import type { TargetKey } from '../ledger/ledger.ts';

/**
 * Calls of RegisterTargets that may still take effect although nobody waits for their answer any more: it was lost, or
 * the syncer that made them has died. A target that such a call may register is deregistered twice: at once, and when
 * nothing can land any more.
 */
export interface Landing {
  /** A call for these targets may take effect from now on, for a while. */
  mayLand(keys: Iterable<TargetKey>): void;
  /** They were registered by a call that was answered. */
  registered(keys: Iterable<TargetKey>): void;
  /** Whether a target that is deregistered now has to be deregistered once more; false for the second time. */
  mayComeBack(key: TargetKey): boolean;
  /** Such targets were deregistered. */
  deregistered(keys: Iterable<TargetKey>): void;
  /** Deregistered targets that may come back, and until when (epoch ms). */
  unsettled(): ReadonlyMap<TargetKey, number>;
}

/** AWS is given this long to answer a call; what it has not received by then it never will. */
const landsWithinMs = 5_000;

export function createLanding(now: () => number): Landing {
  const landing = new Map<TargetKey, { readonly until: number; readonly isDeregistered: boolean }>();

  function current(key: TargetKey) {
    const found = landing.get(key);
    if (found === undefined || found.until > now()) return found;
    landing.delete(key);
    return undefined;
  }

  return {
    mayLand: (keys) => {
      for (const key of keys) landing.set(key, { until: now() + landsWithinMs, isDeregistered: false });
    },
    registered: (keys) => {
      for (const key of keys) {
        const found = current(key);
        if (found) landing.set(key, { ...found, isDeregistered: false });
      }
    },
    mayComeBack: (key) => current(key)?.isDeregistered === false,
    deregistered: (keys) => {
      for (const key of keys) {
        const found = current(key);
        if (found) landing.set(key, { ...found, isDeregistered: true });
      }
    },
    unsettled: () => {
      const unsettled = new Map<TargetKey, number>();
      for (const key of landing.keys()) {
        const found = current(key);
        if (found?.isDeregistered) unsettled.set(key, found.until);
      }
      return unsettled;
    },
  };
}
