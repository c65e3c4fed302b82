import type {
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** One API call, recorded when it was answered. */
export type ElbCall = {
  readonly kind: 'elb-call';
  /** Arrival, in epoch milliseconds. */
  readonly at: number;
  /** From arrival to the answer, injected latency included. */
  readonly ms: number;
  readonly operation: string;
  /** Who called: the ARN of an assumed role, else the access key id. */
  readonly identity: string;
  /** The region that the call was signed for. */
  readonly region: string;
  /** The name of the target group that the call was about. */
  readonly targetGroup?: string;
  /** The targets named in the call, as `id:port`. */
  readonly targets: readonly string[];
  /** `ok`, or the error code that the caller was given. */
  readonly result: string;
};

/** One change of a target's state or reason. */
export type TargetChange = {
  readonly kind: 'target';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly targetGroup: string;
  /** `id:port`. */
  readonly target: string;
  /** ELB's state, or `gone` once deregistration has ended. */
  readonly state: TargetHealthStateEnum | 'gone';
  readonly reason?: TargetHealthReasonEnum;
};

/** Everything that the simulator reports while it runs. */
export type ElbEvent = ElbCall | TargetChange;
