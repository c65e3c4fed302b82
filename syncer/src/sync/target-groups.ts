import type { TargetGroupRef } from '@targetgate/shared/model';
import type { Target } from '@targetgate/shared/resolve';
import type { TargetKey } from '../ledger/ledger.ts';
import type { TargetHealth, Trouble } from '../plan/index.ts';

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
    | 'AwsError';
}

/** The calls that the syncer makes to ELB: at most 200 targets each, none of them retried. */
export interface TargetGroups {
  /** The ARN of the group that a binding names. An ARN is taken as it is, without a call. */
  find(ref: TargetGroupRef): Promise<ElbResult<string>>;
  health(arn: string): Promise<ElbResult<ReadonlyMap<TargetKey, TargetHealth>>>;
  register(arn: string, targets: readonly Target[]): Promise<ElbResult<undefined>>;
  deregister(arn: string, targets: readonly Target[]): Promise<ElbResult<undefined>>;
}

/** RegisterTargets and DeregisterTargets take at most this many targets in one call. */
export const targetsPerCall = 200;
