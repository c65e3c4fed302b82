import type { ElbTrouble } from '../sync/target-groups.ts';

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
  CredentialsProviderError: 'AccessDenied',
  ServiceUnavailable: 'Unreachable',
  TimeoutError: 'Unreachable',
};

const remedies: Partial<Record<Reason, string>> = {
  TargetGroupNotFound: 'correct the binding, or create the target group',
  AccessDenied: "check the syncer's AWS credentials and its IAM policy (manifests/iam/iam-policy.json)",
  Unreachable: 'check the network path from the syncer to the ELB API',
};

/** What an error of the SDK comes to. An error that came without an answer of AWS means that AWS is out of reach. */
export function troubleOf(operation: string, error: unknown): ElbTrouble {
  const name = error instanceof Error ? error.name.replace(/Exception$/, '') : 'UnknownError';
  const message = error instanceof Error ? error.message : String(error);
  const reason = reasons[name] ?? (wasAnswered(error) ? 'AwsError' : 'Unreachable');
  const remedy = remedies[reason];
  const said = name === reason ? message : `${name}: ${message}`;
  return { reason, message: `${operation}: ${said}${remedy === undefined ? '' : `; ${remedy}`}` };
}

const wasAnswered = (error: unknown): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode !== undefined;
