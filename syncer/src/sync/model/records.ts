import type { Ledger, TargetKey } from '../../ledger/ledger.ts';
import type { TargetHealth } from '../../plan/index.ts';
import type { ModelCluster } from './cluster.ts';
import type { Operation } from './line.ts';
import type { ModelBinding } from './objects.ts';
import type { ModelGroup } from './target-group.ts';

/** What the rules go by, besides the calls. */
export interface Witness {
  /** What is true. */
  readonly cluster: ModelCluster;
  /** What the syncer was told; it may be late, and lack what is there. */
  readonly told: () => ModelCluster;
  readonly group: ModelGroup;
  /** The ledger of a binding as the API server has it. */
  readonly ledgerOf: (binding: string) => Ledger;
  readonly now: () => number;
  readonly latches: boolean;
  readonly opensNotInUse: boolean;
  readonly removesForeign: boolean;
  readonly failOpenAfterMs: number;
}

/** A binding as it was told; one that no cache has, as it is. */
export const knownBinding = (name: string, { told, cluster }: Witness): ModelBinding | undefined =>
  told().bindings.get(name) ?? cluster.bindings.get(name);

/** One registration of a target, from its RegisterTargets to its DeregisterTargets. */
export interface Registration {
  /** The pod or node that it was made for. */
  readonly uid: string;
}

/** For whom a call is made that nobody waits for any more. */
export const nobody = 'nobody';

/** What a look told a binding of one registration. */
interface Seen {
  readonly registration: Registration;
  readonly health: TargetHealth;
  readonly askedAt: number;
}

/** What has come of the calls: for whom targets are registered, and what this syncer was told of them. */
export function createRecords() {
  const registrations = new Map<TargetKey, Registration>();
  /** What calls have tried to register, and for whom: later on, the target may be their own. */
  const tried = new Set<string>();
  let known = nothingKnown();

  /** What the syncer has to take for the registration of a target. */
  const believed = (key: TargetKey): Registration | undefined =>
    registrations.get(key) ?? known.undone.get(key);

  return {
    registrations,
    uidOf: (key: TargetKey): string | undefined => registrations.get(key)?.uid,
    isRegistered: (key: TargetKey, uid: string): boolean => registrations.get(key)?.uid === uid,
    /** The same, or brought back by a call that nobody waits for any more: whoever has the address has the target. */
    mayBeOf: (key: TargetKey, uid: string): boolean => [uid, nobody].includes(believed(key)?.uid ?? ''),
    /** Where somebody else had drained it, the other bindings know neither of that nor of its new registration. */
    registered: (by: string, key: TargetKey, uid: string): void => {
      const registration = { uid };
      const before = registrations.get(key);
      if (before?.uid === uid) {
        for (const [binding, healthy] of known.healthyOnce) {
          if (binding !== by && healthy.has(before)) healthy.add(registration);
        }
      }
      registrations.set(key, registration);
      known.undone.delete(key);
    },
    trying: (key: TargetKey, uid: string): void => void tried.add(`${key} ${uid}`),
    /** A call of RegisterTargets was made for this pod or node, or may have been, whatever came of it. */
    wasTried: (key: TargetKey, uid: string): boolean => tried.has(`${key} ${uid}`),
    /** Targets with a deregistration that is under way, or whose outcome is not known. */
    get inDoubt() {
      return known.inDoubt;
    },
    /** A look of the binding has found the registration healthy at some time. */
    wasHealthy: (binding: string, key: TargetKey, uid: string): boolean => {
      const registration = believed(key);
      return registration?.uid === uid && (known.healthyOnce.get(binding)?.has(registration) ?? false);
    },
    /** What the last look of the binding has said of the registration that stands now. */
    lastSeen: (binding: string, key: TargetKey): Seen | undefined => {
      const seen = known.looks.get(binding)?.get(key);
      return seen !== undefined && seen.registration === believed(key) ? seen : undefined;
    },
    /** The last look of the binding has found the target healthy, for whomever it was registered. */
    lookedHealthy: (binding: string, key: TargetKey): boolean =>
      known.groups.get(binding)?.get(key)?.state === 'healthy',
    seen: (
      binding: string,
      looked: ReadonlyMap<TargetKey, Seen>,
      group: ReadonlyMap<TargetKey, TargetHealth>,
    ): void => {
      known.looks.set(binding, looked);
      known.groups.set(binding, new Map(group));
      const healthy = known.healthyOnce.get(binding) ?? new Set();
      for (const { registration, health } of looked.values()) {
        if (health.state === 'healthy') healthy.add(registration);
      }
      known.healthyOnce.set(binding, healthy);
    },
    /** `isLate`: by a call of a syncer that is dead; nobody tells the one that lives. */
    deregistered: (key: TargetKey, isLate: boolean): void => {
      const before = registrations.get(key);
      registrations.delete(key);
      if (isLate) {
        if (before !== undefined) known.undone.set(key, before);
        return;
      }
      known.undone.delete(key);
      for (const group of known.groups.values()) group.delete(key);
    },
    /** Notes whether a binding's call came to something. */
    answered: (binding: string, operation: Operation, isOk: boolean): void => {
      const failing = known.failing.get(binding) ?? new Set();
      if (isOk) failing.delete(operation);
      else failing.add(operation);
      known.failing.set(binding, failing);
    },
    hasFailingCalls: (binding: string): boolean => (known.failing.get(binding)?.size ?? 0) > 0,
    /** A binding's registration was refused for the quota. */
    metQuota: (binding: string): void => void known.atQuota.add(binding),
    isAtQuota: (binding: string): boolean => known.atQuota.has(binding),
    /** Direct reads of the API server by path: what was found, if anything. */
    get reads() {
      return known.reads;
    },
    /** A syncer that starts anew knows nothing. */
    forget: (): void => {
      known = nothingKnown();
    },
  };
}

const nothingKnown = () => ({
  inDoubt: new Set<TargetKey>(),
  /** Registrations that a dead syncer's call has ended since. */
  undone: new Map<TargetKey, Registration>(),
  groups: new Map<string, Map<TargetKey, TargetHealth>>(),
  looks: new Map<string, ReadonlyMap<TargetKey, Seen>>(),
  healthyOnce: new Map<string, Set<Registration>>(),
  failing: new Map<string, Set<Operation>>(),
  atQuota: new Set<string>(),
  reads: new Map<string, unknown>(),
});

export type Records = ReturnType<typeof createRecords>;
