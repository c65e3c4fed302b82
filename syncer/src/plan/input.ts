import type { Binding, Pod } from '@targetgate/shared/model';
import type { Resolution } from '@targetgate/shared/resolve';
import type { Ledger, TargetKey } from '../ledger/ledger.ts';
import type { Observation } from './observation.ts';

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

/** A target that ELB refused, for which pod, and what ELB said. */
export interface RefusedTarget {
  readonly podUid: string;
  readonly trouble: Trouble;
}

/** Everything that a plan is made of: values only. */
export interface PlanInput {
  readonly binding: Binding;
  /** The condition type of the binding's gate. */
  readonly gate: string;
  /** The finalizer that the syncer holds on bindings. */
  readonly finalizer: string;
  /** The pods that the binding selects, with their targets. */
  readonly resolution: Resolution;
  /** The live and terminating pods that matter here, by uid: selected, gated, or in the ledger. */
  readonly pods: ReadonlyMap<string, Pod>;
  /** Undefined until it was read: nothing may be registered or removed before. */
  readonly ledger: Ledger | undefined;
  /** Targets with a RegisterTargets or DeregisterTargets call under way: nothing is planned for them. */
  readonly busy: ReadonlySet<TargetKey>;
  /** Undefined until the target group was looked at for the first time. */
  readonly observation: Observation | undefined;
  /** Targets that ELB refused for what they are, and that are left alone for a while. */
  readonly refused: ReadonlyMap<TargetKey, RefusedTarget>;
  /** Targets that another binding of the same group has registered for the same pod. */
  readonly shared: ReadonlySet<TargetKey>;
  readonly trouble: Trouble | undefined;
  /** When this program first saw that the binding is being deleted (epoch ms); undefined while it stays. */
  readonly endingSince: number | undefined;
  readonly policy: Policy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What operators may decide. */
export interface Policy {
  /**
   * The share of a binding's live pods, rounded up, that stay registered and open whatever their health:
   * when that many fail at once, the load balancer's own fail-open is the better answer.
   */
  readonly floor: number;
  /** How often to look while pods wait, and when none does, in milliseconds. */
  readonly lookEveryMs: { readonly waiting: number; readonly settled: number };
}

export const defaultPolicy: Policy = { floor: 0.5, lookEveryMs: { waiting: 1_000, settled: 60_000 } };
