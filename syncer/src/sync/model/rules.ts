import type { Ledger, TargetKey } from '../../ledger/ledger.ts';
import type { GateCondition, TargetHealth } from '../../plan/index.ts';
import type { ModelCluster, ModelPod } from './cluster.ts';

/** One registration of a target, from its RegisterTargets to its DeregisterTargets. */
interface Registration {
  /** The pod that it was made for. */
  readonly uid: string;
}

/**
 * What a syncer may never do, checked at each call that it makes.
 *
 * | call             | is a breach where                                                                            |
 * | ---------------- | -------------------------------------------------------------------------------------------- |
 * | RegisterTargets  | the ledger lacks a target; or a target stands that was registered for another pod            |
 * | DeregisterTargets| a target is foreign; its pod is live, selected and ready, or the service is missing; its pod |
 * |                  | is not ready, and less than half of the live pods would be left; or it is replaced, and not  |
 * |                  | all replacements were seen healthy                                                           |
 * | gate to True     | this syncer has not seen the pod's own registration healthy, or has begun to end it since    |
 *
 * Breaches are collected: if they were thrown, the syncer would take them for trouble with AWS.
 */
export function createRules(world: {
  readonly cluster: ModelCluster;
  readonly isForeign: (target: TargetKey) => boolean;
  /** ELB has the target, and is not draining it: what is registered anew then keeps its health. */
  readonly isStanding: (target: TargetKey) => boolean;
  /** The ledger as the API server has it. */
  readonly ledger: () => Ledger;
}) {
  const { cluster, isForeign, isStanding, ledger } = world;
  const broken: string[] = [];
  /** The registrations that calls have made and not ended. */
  const registrations = new Map<TargetKey, Registration>();
  /** Those that a look of this syncer has found healthy. */
  const seenHealthy = new Set<Registration>();
  /** Targets with a deregistration that is under way, or whose outcome is not known. */
  const inDoubt = new Set<TargetKey>();
  let calls = 0;

  const registrationOf = (pod: ModelPod): Registration | undefined => {
    const registration = registrations.get(cluster.targetOf(pod));
    return registration?.uid === pod.uid ? registration : undefined;
  };
  const wasSeenHealthy = (pod: ModelPod): boolean => {
    const registration = registrationOf(pod);
    return registration !== undefined && seenHealthy.has(registration);
  };

  /** Why a target may not be deregistered, together with others; undefined where it may. */
  function mustStay(key: TargetKey, removed: readonly TargetKey[]): string | undefined {
    const pod = cluster.staying(registrations.get(key)?.uid);
    if (pod === undefined) return undefined;
    if (cluster.port === undefined) return 'its pod stays, and the service is missing';
    if (pod.labelled && cluster.targetOf(pod) === key) {
      return cluster.isWanted(pod) ? 'its pod is live, selected and ready' : floorNeeds(removed);
    }
    const live = cluster.livePods();
    return live.length > 0 && live.every(wasSeenHealthy)
      ? undefined
      : 'its replacements were not seen healthy';
  }

  function floorNeeds(removed: readonly TargetKey[]): string | undefined {
    const live = cluster.livePods();
    const left = live.filter((pod) => registrationOf(pod) && !removed.includes(cluster.targetOf(pod)));
    if (left.length >= live.length / 2) return undefined;
    return `its pod is not ready, and only ${left.length} of ${live.length} would be left`;
  }

  return {
    /** What was done that may not be done. */
    broken,
    get calls() {
      return calls;
    },
    /** For whom a target was registered. */
    ownerOf: (target: TargetKey): string | undefined => registrations.get(target)?.uid,
    called: (): void => {
      calls++;
    },

    registering: (keys: readonly TargetKey[]): ReadonlyMap<TargetKey, string> => {
      const entries = ledger();
      for (const key of keys) if (!entries.has(key)) broken.push(`registered ${key}, which the ledger lacks`);
      return new Map(keys.map((key) => [key, entries.get(key)?.podUid ?? '']));
    },
    /** Which of these ELB has already. */
    standing: (keys: Iterable<TargetKey>): ReadonlySet<TargetKey> => new Set([...keys].filter(isStanding)),
    registered: (uids: ReadonlyMap<TargetKey, string>, stood: ReadonlySet<TargetKey>): void => {
      for (const [key, uid] of uids) {
        const before = registrations.get(key);
        if (before !== undefined && before.uid !== uid && stood.has(key)) {
          broken.push(`registered ${key} for ${uid} while it was registered for ${before.uid}`);
        }
        if (before?.uid !== uid) registrations.set(key, { uid });
        inDoubt.delete(key);
      }
    },

    deregistering: (keys: readonly TargetKey[]): void => {
      for (const key of keys) {
        if (isForeign(key)) broken.push(`deregistered ${key}, which is foreign`);
        const breach = mustStay(key, keys);
        if (breach !== undefined) broken.push(`deregistered ${key}: ${breach}`);
      }
      for (const key of keys) inDoubt.add(key);
    },
    deregistered: (keys: readonly TargetKey[]): void => {
      for (const key of keys) registrations.delete(key);
    },
    notDeregistered: (keys: readonly TargetKey[]): void => {
      for (const key of keys) inDoubt.delete(key);
    },

    /** ELB has read what it will answer; the function returned is called when the syncer has the answer. */
    looking: (health: ReadonlyMap<TargetKey, TargetHealth>): (() => void) => {
      const healthy = [...registrations].filter(([key]) => health.get(key)?.state === 'healthy');
      return () => {
        for (const [, registration] of healthy) seenHealthy.add(registration);
      };
    },

    writingGate: (uid: string, { status, reason }: GateCondition): void => {
      if (status !== 'True') return;
      const pod = cluster.all().find((candidate) => candidate.uid === uid);
      const seen = pod && wasSeenHealthy(pod) && !inDoubt.has(cluster.targetOf(pod));
      if (!seen)
        broken.push(`opened the gate of ${uid} (${reason}), whose registration was not seen healthy`);
    },

    /** A syncer that starts anew has seen nothing. */
    forget: (): void => {
      seenHealthy.clear();
      inDoubt.clear();
    },
  };
}

export type Rules = ReturnType<typeof createRules>;
