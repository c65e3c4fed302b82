/** A condition of a binding, as the API has it. */
export interface BindingCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number | undefined;
  /** RFC 3339. */
  readonly lastTransitionTime: string | undefined;
}

/** How many targets a binding has, as ELB said last. */
export interface TargetCounts {
  /** Pods, nodes or endpoints that should be registered. */
  readonly desired: number;
  /** Our own targets that are healthy. */
  readonly healthy: number;
  /** Targets of the group that ELB is draining: ours, as a rule, which have left the ledger. */
  readonly draining: number;
  /** Targets of the group that are not ours. */
  readonly foreign: number;
}

/** What is known of the target group itself. A field that is not known is left out: it is never zero. */
export interface TargetGroupSummary {
  readonly arn: string;
  readonly targetType?: string;
  readonly protocol?: string;
  readonly healthCheckIntervalSeconds?: number;
  readonly deregistrationDelaySeconds?: number;
  /** The longest of the load balancers that send to it. */
  readonly idleTimeoutSeconds?: number;
}

/** A binding's status: LBC's `observedGeneration`, and what targetgate adds. */
export interface BindingStatus {
  readonly observedGeneration: number | undefined;
  readonly conditions: readonly BindingCondition[];
  readonly targets: TargetCounts | undefined;
  readonly targetGroup: TargetGroupSummary | undefined;
}

/** Projects the status of an API TargetGroupBinding. */
export function projectBindingStatus(raw: RawBindingStatus | undefined): BindingStatus {
  return {
    observedGeneration: raw?.observedGeneration,
    conditions: (raw?.conditions ?? []).map((condition) => ({
      type: condition.type,
      status: condition.status,
      reason: condition.reason ?? '',
      message: condition.message ?? '',
      observedGeneration: condition.observedGeneration,
      lastTransitionTime: condition.lastTransitionTime,
    })),
    targets: raw?.targets,
    targetGroup: raw?.targetGroup,
  };
}

/** The status as the API server sends it. */
export interface RawBindingStatus {
  observedGeneration?: number;
  conditions?: {
    type: string;
    status: string;
    reason?: string;
    message?: string;
    observedGeneration?: number;
    lastTransitionTime?: string;
  }[];
  targets?: TargetCounts;
  targetGroup?: TargetGroupSummary;
}
