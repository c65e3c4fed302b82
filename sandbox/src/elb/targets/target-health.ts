import type {
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CheckFailure } from './check-result.ts';
import type { Life } from './target-life.ts';

/** A target's health in DescribeTargetHealth's words. `healthy` has neither reason nor description. */
export type Health = {
  readonly State: TargetHealthStateEnum;
  readonly Reason?: TargetHealthReasonEnum;
  readonly Description?: string;
};

/** How ELB words this state. The sentences are its own. */
export function healthOf(life: Life): Health {
  switch (life.phase) {
    case 'registering':
      return health('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress');
    case 'checking':
      return health('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress');
    case 'healthy':
      return { State: 'healthy' };
    case 'unhealthy':
      return health('unhealthy', life.failure.reason, descriptionOf(life.failure));
    case 'unused':
      return health(
        'unused',
        'Target.NotInUse',
        'Target group is not configured to receive traffic from the load balancer',
      );
    case 'draining':
      return health('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress');
    case 'gone':
      return health('unused', 'Target.NotRegistered', 'Target is not registered to the target group');
  }
}

const health = (
  State: TargetHealthStateEnum,
  Reason: TargetHealthReasonEnum,
  Description: string,
): Health => ({
  State,
  Reason,
  Description,
});

function descriptionOf(failure: CheckFailure): string {
  switch (failure.reason) {
    case 'Target.ResponseCodeMismatch':
      return `Health checks failed with these codes: [${failure.code}]`;
    case 'Target.Timeout':
      return 'Request timed out';
    case 'Target.FailedHealthChecks':
      return 'Health checks failed';
  }
}
