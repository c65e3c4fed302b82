import type { Binding, Pod } from '@targetgate/shared/model';
import type { BindingSettings, Resolution } from '@targetgate/shared/resolve';
import type { Ledger, TargetKey } from '../ledger/ledger.ts';
import type { Observation } from './observation.ts';
import type { TimeToHealthy } from './time-to-healthy.ts';

/** A condition of a pod as the syncer writes it. */
export interface GateCondition {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What keeps a binding from its work and is not of the cluster's making: AWS or the API server said no. */
export interface Trouble {
  readonly reason: string;
  readonly message: string;
}

/** Trouble of one kind, an answer or a silence of AWS, and since when it has lasted without a break (epoch ms). */
export interface LastingTrouble extends Trouble {
  readonly since: number;
}

/** A target that ELB refused, for which subject, and what ELB said. */
export interface RefusedTarget {
  readonly uid: string;
  readonly trouble: Trouble;
}

/** What the cluster says of the subject of a ledger entry, selected or not. */
export interface SubjectState {
  readonly state: 'live' | 'terminating' | 'finished';
  /** The addresses of a pod; undefined for a node, whose instance id never changes. */
  readonly addresses: readonly string[] | undefined;
}

/** The other bindings of the same target group that stay. */
export interface Siblings {
  /** False while the ledger of one of them was not read: what they have is not known. */
  readonly known: boolean;
  readonly ledgers: readonly Ledger[];
  /** Of those that are being deleted: whatever they have they will deregister, or hand over. */
  readonly ending?: readonly Ledger[];
}

/** How a binding shares the quota of AWS with those that spend the same. */
export interface QuotaShare {
  /** How many bindings look at their groups with it, this one among them. */
  readonly bindings: number;
  /** How many of them have pods on their way into service. */
  readonly busy: number;
  /** Where in each interval this binding's routine looks are, in [0, 1): different from those of the others. */
  readonly phase: number;
}

/** Everything that a plan is made of: values only. */
export interface PlanInput {
  readonly binding: Binding;
  /** The condition type of the binding's gate. */
  readonly gate: string;
  /** The finalizer that the syncer holds on bindings. */
  readonly finalizer: string;
  readonly settings: BindingSettings;
  /** What the binding's targets are; undefined until it is known. */
  readonly targetType: string | undefined;
  /** The subjects that the binding selects, with their targets. */
  readonly resolution: Resolution;
  /** The pods that are selected or gated, by uid. */
  readonly pods: ReadonlyMap<string, Pod>;
  /** The pods and nodes behind the ledger's entries, by uid; one that is missing is in no cache. */
  readonly subjects: ReadonlyMap<string, SubjectState>;
  /** The uids of subjects that were seen to end, or that the API server has said to be gone. */
  readonly ended: ReadonlySet<string>;
  /** Undefined until it was read: nothing may be registered or removed before. */
  readonly ledger: Ledger | undefined;
  /** Targets with a RegisterTargets or DeregisterTargets call under way: nothing is planned for them. */
  readonly busy: ReadonlySet<TargetKey>;
  /**
   * Deregistered targets that an earlier call may bring back: for a while they stay in the ledger, are not deregistered
   * again, and belong to nobody.
   */
  readonly unsettled: ReadonlySet<TargetKey>;
  /**
   * Targets that an earlier call of this binding may still register, the unsettled ones among them: a sibling that they
   * were handed over to could deregister them before that, and nobody would have them.
   */
  readonly landing: ReadonlySet<TargetKey>;
  /** Undefined until the target group was looked at for the first time. */
  readonly observation: Observation | undefined;
  /** Targets that ELB refused for what they are, and that are left alone for a while. */
  readonly refused: ReadonlyMap<TargetKey, RefusedTarget>;
  readonly siblings: Siblings;
  /** Since when removals have been held (epoch ms). */
  readonly heldSince: ReadonlyMap<TargetKey, number>;
  /** The last registration met the quota of the target group. */
  readonly atQuota: boolean;
  /** What is to be told of all that is in the way of the binding's work. */
  readonly trouble: Trouble | undefined;
  /** Since when it has lasted without a break (epoch ms); undefined where there is none. */
  readonly troubleSince: number | undefined;
  /** What is in the way of looks alone. */
  readonly lookTrouble: LastingTrouble | undefined;
  /** When this program first saw that the binding is being deleted (epoch ms); undefined while it stays. */
  readonly endingSince: number | undefined;
  readonly sharingQuota: QuotaShare;
  /** How long targets of the group take to be healthy. */
  readonly timeToHealthy: TimeToHealthy;
  /** When a look last saw what nobody had planned (epoch ms): drift, ill health, foreign targets. */
  readonly surprisedAt: number | undefined;
  /** When the last call whose answer nobody has seen takes effect at the latest (epoch ms). */
  readonly landsBy: number | undefined;
  readonly policy: Policy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What operators may decide for all bindings. Times are in milliseconds. */
export interface Policy {
  /**
   * The share of a binding's live subjects, rounded up, that stay registered whatever becomes of them: when that many
   * fail at once, the load balancer's own fail-open is the better answer.
   */
  readonly floor: number;
  /** How often to look while pods wait, and when none does. */
  readonly lookEveryMs: { readonly waiting: number; readonly settled: number };
  /** How long removals wait for all replacements to be healthy, before those that are healthy are enough. */
  readonly replaceWithinMs: number;
  /** For how long AWS may leave a pod without an answer before its gate opens; undefined: for ever. */
  readonly failOpenAfterMs: number | undefined;
}

export const defaultPolicy: Policy = {
  floor: 0.5,
  lookEveryMs: { waiting: 600, settled: 60_000 },
  replaceWithinMs: 600_000,
  failOpenAfterMs: 300_000,
};
