import type { TargetKey } from '../ledger/ledger.ts';

/** The health of a registered target, in ELB's own words. `healthy` has neither reason nor description. */
export interface TargetHealth {
  readonly state:
    'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining' | 'unavailable' | 'unhealthy.draining';
  readonly reason?: string;
  readonly description?: string;
}

/** What one DescribeTargetHealth said of a whole target group. A target that is not in it is not registered. */
export interface Observation {
  /** When the call was made, in epoch milliseconds: it tells of registrations that were over before. */
  readonly askedAt: number;
  readonly targets: ReadonlyMap<TargetKey, TargetHealth>;
}

/** Being drained, or about to be: the load balancer is taking its traffic away. */
export const isDraining = (health: TargetHealth): boolean =>
  health.state === 'draining' || health.state === 'unhealthy.draining';
