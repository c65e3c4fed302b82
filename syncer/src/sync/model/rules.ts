import type { TargetKey } from '../../ledger/ledger.ts';
import type { GateCondition, TargetHealth } from '../../plan/index.ts';
import { createGateRules } from './gate-rules.ts';
import { isOpen } from './objects.ts';
import type { Operation } from './line.ts';
import { createRecords, nobody, type Witness } from './records.ts';
import { createRemovalRules } from './removal-rules.ts';

/**
 * What a syncer may never do, checked at each call that it makes. "Told" is what its caches have shown it; the rest is
 * what is true.
 *
 * | RegisterTargets                                   | is a breach where                                           |
 * | ------------------------------------------------- | ----------------------------------------------------------- |
 * | of any target                                     | the binding's ledger in the API lacks it                    |
 * | of a pod's target that stands                     | it was registered for another pod; or by hand, and the last |
 * |                                                   | look has found it healthy, and the pod's gate is closed     |
 * | of a pod                                          | told to be terminating or finished                          |
 *
 * | DeregisterTargets of the target of                | is a breach where                                           |
 * | ------------------------------------------------- | ----------------------------------------------------------- |
 * | nobody, foreign                                   | foreign targets are kept; or not all members were seen      |
 * |                                                   | healthy                                                     |
 * | nobody, at an address of ours                     | it is a member's that serves: its gate is open, and not for |
 * |                                                   | want of a binding; or it has none                           |
 * | a pod or node that has ended; or it drains anyway | (never)                                                     |
 * | one that stays, and another binding has and wants | it is healthy, and its own ledger does not doubt it         |
 * | one that stays, binding gone or being deleted     | (never); a binding that only the caches lack is there       |
 * | one that stays, a person lets removals go         | (never)                                                     |
 * | a pod that has another address by now             | (never)                                                     |
 * | one that stays, service told to be missing        | always                                                      |
 * | a member: told to be selected, ready              | always                                                      |
 * | a member, told not to be ready; a leaving node    | less than half of the members and leaving nodes would have  |
 * |                                                   | their targets; or it is the last that was seen healthy      |
 * | one that no cache has                             | always                                                      |
 * | one that is told not to be selected, or whose     | not all members were seen healthy, or they are less than    |
 * | port has changed                                  | half of those replaced                                      |
 * | the same, at quota                                | less than half of either would be left, unless they leave   |
 * |                                                   | one by one, as the registered members are seen healthy; or  |
 * |                                                   | it is the last that was seen healthy                        |
 *
 * | a gate that is closed is opened as                | is a breach unless                                          |
 * | ------------------------------------------------- | ----------------------------------------------------------- |
 * | Healthy                                           | this syncer has seen the pod's own registration healthy,    |
 * |                                                   | and has not begun to end it since                           |
 * | BindingDeleted, BindingNotFound                   | a direct read did not find the binding; or, for the former, |
 * |                                                   | found that it is being deleted                              |
 * | NotSelected                                       | a direct read of the service says so                        |
 * | NotNeeded                                         | the group's targets are instances                           |
 * | Target.NotInUse, Target.HealthCheckDisabled       | the last look says so; the former, where bindings allow it  |
 * | FailOpen...                                       | AWS has left the pod without an answer for so long, and     |
 * |                                                   | has not said before that it is unhealthy                    |
 *
 * | a gate that is open, and told so, is closed       | is a breach unless                                          |
 * | ------------------------------------------------- | ----------------------------------------------------------- |
 * | under the policy latch                            | (always a breach)                                           |
 * | opened as BindingDeleted, BindingNotFound         | (never a breach)                                            |
 * | of a pod told to be selected, not ready           | (never a breach)                                            |
 * | of a pod told to be selected, ready               | the last look says that it is unhealthy, and half of the    |
 * |                                                   | members stay ready, their gates, if any, open               |
 *
 * Breaches are collected: if they were thrown, the syncer would take them for trouble with AWS.
 */
export function createRules(witness: Witness) {
  const { group, ledgerOf } = witness;
  const records = createRecords();
  const mustStay = careful(createRemovalRules(witness, records));
  const mayNotBe = careful(createGateRules(witness, records));
  const broken: string[] = [];
  /** Targets that a deleted binding had to leave behind, and has named. */
  const abandoned = new Set<TargetKey>();
  let calls = 0;

  /** The health that the last look has found is that of whoever had the address before. */
  function isStale(by: string, key: TargetKey, uid: string): boolean {
    const pod = witness.cluster.podOf(uid);
    const isClosed = pod !== undefined && pod.gatedBy.includes(by) && !isOpen(pod, by);
    const isFirst = !records.wasTried(key, uid);
    records.trying(key, uid);
    return isFirst && records.uidOf(key) === undefined && isClosed && records.lookedHealthy(by, key);
  }

  const breach = (...words: string[]): void => void broken.push(words.join(' '));

  return {
    /** What was done that may not be done. */
    broken,
    abandoned,
    get calls() {
      return calls;
    },
    called: (): void => {
      calls++;
    },
    answered: (by: string, operation: Operation, reason: string | undefined): void => {
      records.answered(by, operation, reason === undefined);
      if (reason === 'TooManyTargets') records.metQuota(by);
    },
    /** For whom a target was registered. */
    ownerOf: records.uidOf,

    registering: (by: string, keys: readonly TargetKey[]): Registering => {
      const entries = ledgerOf(by);
      for (const key of keys) {
        const uid = entries.get(key)?.subject.uid;
        if (uid === undefined) breach('registered', key, 'which the ledger lacks');
        const pod = uid === undefined ? undefined : witness.told().podOf(uid);
        if (pod?.terminating || pod?.finished) breach('registered', key, 'whose pod ends');
      }
      const uids = new Map(keys.map((key) => [key, entries.get(key)?.subject.uid ?? nobody]));
      const stale = keys.filter((key) => isStale(by, key, uids.get(key) ?? nobody));
      return { by, uids, stale: new Set(stale) };
    },
    /** Which of these ELB has already, and is not draining: what is registered anew keeps its health. */
    standing: (keys: Iterable<TargetKey>): ReadonlySet<TargetKey> =>
      new Set([...keys].filter(group.isStanding)),
    registered: ({ by, uids, stale }: Registering, stood: ReadonlySet<TargetKey>, isLate: boolean): void => {
      for (const [key, uid] of uids) {
        if (isLate && stood.has(key)) continue;
        const before = records.uidOf(key);
        const isTaken = before !== uid && before !== undefined && before !== nobody && stood.has(key);
        if (isTaken && group.type === 'ip' && !abandoned.has(key)) {
          breach('registered', key, 'for', uid, 'while it was for', before);
        }
        if (stale.has(key) && stood.has(key))
          breach('registered', key, 'for', uid, 'on the health of another');
        // ELB checks a target that a dead syncer's call brings back against whoever has the address by then.
        if (before !== uid || !stood.has(key)) records.registered(by, key, isLate ? nobody : uid);
        abandoned.delete(key);
        records.inDoubt.delete(key);
      }
    },

    deregistering: (by: string, keys: readonly TargetKey[]): void => {
      for (const key of keys) {
        const why = mustStay(by, key, keys);
        if (why !== undefined) breach('deregistered', `${key}:`, why);
      }
      for (const key of keys) records.inDoubt.add(key);
    },
    deregistered: (keys: readonly TargetKey[], isLate: boolean): void => {
      for (const key of keys) records.deregistered(key, isLate);
    },
    notDeregistered: (keys: readonly TargetKey[]): void => {
      for (const key of keys) records.inDoubt.delete(key);
    },

    /** ELB has read what it will answer; the function returned is called when the syncer has the answer. */
    looking: (by: string, health: ReadonlyMap<TargetKey, TargetHealth>, askedAt: number): (() => void) => {
      const seen = [...records.registrations].flatMap(([key, registration]) => {
        const said = health.get(key);
        return said === undefined ? [] : [[key, { registration, health: said, askedAt }] as const];
      });
      return () => records.seen(by, new Map(seen), health);
    },

    /** The API server has answered a direct read. */
    read: (path: string, found: unknown): void => {
      records.reads.set(path, found);
    },
    writingGate: (by: string, uid: string, condition: GateCondition): void => {
      const why = mayNotBe(by, uid, condition);
      if (why !== undefined) breach('wrote', condition.status, condition.reason, 'to', `${uid}:`, why);
    },

    /** A syncer that starts anew has seen nothing, and cannot tell whether what its ledgers have was ever tried. */
    forget: (): void => {
      records.forget();
      for (const binding of witness.cluster.bindings.keys()) {
        for (const [key, { subject }] of ledgerOf(binding)) records.trying(key, subject.uid);
      }
    },
  };
}

/** What a call of RegisterTargets is for. */
interface Registering {
  /** The binding that makes it. */
  readonly by: string;
  /** For whom the ledger says that each target is. */
  readonly uids: ReadonlyMap<TargetKey, string>;
  /** The targets whose health, as far as it is known, is not that of their pods. */
  readonly stale: ReadonlySet<TargetKey>;
}

/** A defect of a rule is a breach as well: thrown, it would be taken for trouble. */
const careful =
  <A extends unknown[]>(rule: (...args: A) => string | undefined) =>
  (...args: A): string | undefined => {
    try {
      return rule(...args);
    } catch (error) {
      return `the rule itself fails: ${String(error)}`;
    }
  };

export type Rules = ReturnType<typeof createRules>;
