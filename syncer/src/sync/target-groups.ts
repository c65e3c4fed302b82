import type { AssumedRole, TargetGroupFacts, TargetGroupRef } from '@targetgate/shared/model';
import type { Target } from '@targetgate/shared/resolve';
import type { TargetKey } from '../ledger/ledger.ts';
import type { TargetHealth, Trouble } from '../plan/index.ts';
import type { Urgency } from './turns.ts';

/** An answer of ELB, or why there is none. What may happen in a healthy cluster is a value. */
export type ElbResult<T> = { readonly ok: T } | { readonly trouble: ElbTrouble };

/** A refusal in one word: ELB's own error name where it has a meaning here, else what it comes to. */
export interface ElbTrouble extends Trouble {
  readonly reason:
    | 'TargetGroupNotFound'
    | 'InvalidTarget'
    | 'TooManyTargets'
    | 'ValidationError'
    | 'Throttled'
    | 'AccessDenied'
    | 'Unreachable'
    | 'NotLeading'
    | 'AwsError';
}

/** ELB has answered, and done nothing; after other trouble, nobody knows what it did. */
export const isRefusal = ({ reason }: ElbTrouble): boolean =>
  reason !== 'Unreachable' && reason !== 'AwsError' && reason !== 'NotLeading';

/** The load balancing of the syncer's own account, and of others by their roles. */
export interface TargetGroups {
  /** The calls as the syncer itself, or as a role that it assumes. Credentials are kept per role. */
  as(role: AssumedRole | undefined): GroupCalls;
}

/**
 * The calls that the syncer makes to ELB, none of them retried. What tells or asks of targets is one call, made at once:
 * in the turn of whoever makes it, and with at most 200 targets. The others wait for turns of their own.
 */
export interface GroupCalls {
  /** The ARN of the group that a binding names. An ARN is taken as it is, without a call. */
  find(ref: TargetGroupRef): Promise<ElbResult<string>>;
  facts(arn: string, urgency: Urgency): Promise<ElbResult<FactsFound>>;
  health(arn: string): Promise<ElbResult<ReadonlyMap<TargetKey, TargetHealth>>>;
  /** `zone` is 'all' for IP addresses outside the group's VPC, and left out for those inside. */
  register(arn: string, targets: readonly Target[], zone?: 'all'): Promise<ElbResult<undefined>>;
  deregister(arn: string, targets: readonly Target[]): Promise<ElbResult<undefined>>;
}

/** The facts of a group. */
export interface FactsFound {
  readonly facts: TargetGroupFacts;
  /** What kept some of them from being read: their fields are left out. Undefined where all were read. */
  readonly missing: Trouble | undefined;
}

/** RegisterTargets and DeregisterTargets take at most this many targets in one call. */
export const targetsPerCall = 200;
