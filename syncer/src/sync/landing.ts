import type { TargetKey } from '../ledger/ledger.ts';

/**
 * Calls of RegisterTargets that may still take effect although nobody waits for their answer any more: it was lost, or
 * the syncer that made them has died. A target that such a call may register is deregistered twice: at once, and when
 * nothing can land any more.
 */
export interface Landing {
  /** A call for these targets may take effect from now on, for a while. */
  mayLand(keys: Iterable<TargetKey>): void;
  /** So may one that takes targets out. */
  mayTakeOut(): void;
  /** When the last of all such calls takes effect at the latest (epoch ms); undefined where there was none. */
  readonly landsBy: number | undefined;
  /** They were registered by a call that was answered. */
  registered(keys: Iterable<TargetKey>): void;
  /** Whether a target that is deregistered now has to be deregistered once more; false for the second time. */
  mayComeBack(key: TargetKey): boolean;
  /** Such targets were deregistered. */
  deregistered(keys: Iterable<TargetKey>): void;
  /** Targets that a call may still register, and until when (epoch ms). */
  all(): ReadonlyMap<TargetKey, number>;
  /** Those of them that were deregistered: they may come back. */
  unsettled(): ReadonlyMap<TargetKey, number>;
}

/** AWS is given this long to answer a call; what it has not received by then it never will. */
const landsWithinMs = 5_000;

interface Expected {
  readonly until: number;
  readonly isDeregistered: boolean;
}

export function createLanding(now: () => number): Landing {
  const landing = new Map<TargetKey, Expected>();
  let landsBy: number | undefined;

  const expect = (): number => (landsBy = now() + landsWithinMs);

  function current(key: TargetKey) {
    const found = landing.get(key);
    if (found === undefined || found.until > now()) return found;
    landing.delete(key);
    return undefined;
  }

  function untilOf(which: (expected: Expected) => boolean): ReadonlyMap<TargetKey, number> {
    const found = [...landing.keys()].flatMap((key): [TargetKey, number][] => {
      const expected = current(key);
      return expected && which(expected) ? [[key, expected.until]] : [];
    });
    return new Map(found);
  }

  return {
    mayLand: (keys) => {
      for (const key of keys) landing.set(key, { until: expect(), isDeregistered: false });
    },
    mayTakeOut: () => void expect(),
    get landsBy() {
      return landsBy;
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
    all: () => untilOf(() => true),
    unsettled: () => untilOf(({ isDeregistered }) => isDeregistered),
  };
}
