import type { ElbTrouble } from '../sync/target-groups.ts';
import { nameOf, saidBy, statusOf } from './sdk-error.ts';

type Reason = ElbTrouble['reason'];

/** ELB's error names (the SDK adds `Exception` to some) and those of its authentication, by what they come to. */
const reasons: Readonly<Record<string, Reason>> = {
  TargetGroupNotFound: 'TargetGroupNotFound',
  InvalidTarget: 'InvalidTarget',
  TooManyTargets: 'TooManyTargets',
  TooManyRegistrationsForTargetId: 'TooManyTargets',
  ValidationError: 'ValidationError',
  Throttling: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  TooManyRequests: 'Throttled',
  AccessDenied: 'AccessDenied',
  UnauthorizedOperation: 'AccessDenied',
  ExpiredToken: 'AccessDenied',
  InvalidClientTokenId: 'AccessDenied',
  SignatureDoesNotMatch: 'AccessDenied',
  InvalidIdentityToken: 'AccessDenied',
  CredentialsProviderError: 'AccessDenied',
  RegionMissing: 'ValidationError',
  InvalidRegion: 'ValidationError',
  ServiceUnavailable: 'Unreachable',
  OddAnswer: 'AwsError',
  TimeoutError: 'Unreachable',
  NotLeading: 'NotLeading',
  // Nothing else ends a call: see fenced.ts.
  AbortError: 'NotLeading',
};

/**
 * What to do, by the error's name or else by what it comes to. The quotas are those of "Quotas for your Application
 * Load Balancers" in the ELB user guide, with their defaults.
 */
const remedies: Readonly<Record<string, string>> = {
  TargetGroupNotFound: 'correct the binding, or create the target group',
  TooManyTargets:
    'the quota of targets per target group or per load balancer (1,000 by default) is used up: raise it in Service Quotas',
  TooManyRegistrationsForTargetId:
    'the quota of registrations of one target per load balancer (1,000 by default) is used up: raise it in Service Quotas',
  AccessDenied:
    "check the syncer's AWS credentials, and the IAM policy (manifests/iam/iam-policy.json) of the role that it acts in",
  RegionMissing: 'set AWS_REGION for the syncer, or name the target group by its ARN',
  InvalidRegion: "correct the region in the target group's ARN, or the syncer's AWS_REGION",
  Unreachable: 'check the network path from the syncer to the AWS API',
};

const roleRemedy =
  "allow sts:AssumeRole in the IAM policy of the syncer's own role, name that role in the trust policy of this one," +
  " and give the external id that the trust policy asks for as the binding's assumeRoleExternalId";

/** What an error of the SDK comes to. An error that came without an answer of AWS means that AWS is out of reach. */
export function troubleOf(operation: string, error: unknown): ElbTrouble {
  if (error instanceof RoleNotAssumed)
    return { ...error.trouble, message: `${operation}: ${error.trouble.message}` };
  const name = nameOf(error);
  const reason = reasons[name] ?? (statusOf(error) === undefined ? 'Unreachable' : 'AwsError');
  const said = name === reason ? saidBy(error) : `${name}: ${saidBy(error)}`;
  return trouble(reason, `${operation}: ${said}`, remedies[name] ?? remedies[reason]);
}

/** What keeps a role from being assumed. STS refuses it in many words, which all come to AccessDenied. */
export function troubleOfRole(roleArn: string, error: unknown): ElbTrouble {
  const operation = `AssumeRole of ${roleArn}`;
  const found = troubleOf(operation, error);
  const name = nameOf(error);
  const status = statusOf(error);
  // The other names that come to AccessDenied are about what the syncer itself signed with.
  const isOfSyncer = found.reason === 'AccessDenied' && name !== 'AccessDenied';
  if (status === undefined || status >= 500 || found.reason === 'Throttled' || isOfSyncer) return found;
  return trouble('AccessDenied', `${operation}: ${name}: ${saidBy(error)}`, roleRemedy);
}

/** No group by that name or ARN, where ELB answers with an empty list instead of an error. */
export const noSuchGroup = (group: string): ElbTrouble =>
  trouble(
    'TargetGroupNotFound',
    `DescribeTargetGroups: no target group ${group}`,
    remedies.TargetGroupNotFound,
  );

/** Takes the trouble of a role through the SDK, which asks for credentials in the middle of a call. */
export class RoleNotAssumed extends Error {
  override readonly name = 'RoleNotAssumed';
  readonly trouble: ElbTrouble;

  constructor(trouble: ElbTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

const trouble = (reason: Reason, message: string, remedy: string | undefined): ElbTrouble => ({
  reason,
  message: remedy === undefined ? message : `${message}; ${remedy}`,
});
