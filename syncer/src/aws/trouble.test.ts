import { expect, it } from '@jest/globals';
import { RoleNotAssumed, troubleOf, troubleOfRole } from './trouble.ts';

const sdkError = (name: string, status?: number, message = 'said so'): Error =>
  Object.assign(new Error(message), {
    name,
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
  });

it.each([
  ['TargetGroupNotFoundException', 400, 'TargetGroupNotFound'],
  ['InvalidTargetException', 400, 'InvalidTarget'],
  ['TooManyTargetsException', 400, 'TooManyTargets'],
  ['ValidationError', 400, 'ValidationError'],
  ['Throttling', 400, 'Throttled'],
  ['ThrottlingException', 400, 'Throttled'],
  ['RequestLimitExceeded', 400, 'Throttled'],
  ['AccessDenied', 403, 'AccessDenied'],
  ['ExpiredTokenException', 403, 'AccessDenied'],
  ['InvalidIdentityTokenException', 400, 'AccessDenied'],
  ['CredentialsProviderError', undefined, 'AccessDenied'],
  ['ServiceUnavailable', 503, 'Unreachable'],
  ['Error', undefined, 'Unreachable'],
  ['InternalFailure', 500, 'AwsError'],
])("the SDK's %s (HTTP %s) is %s", (name, status, reason) => {
  const trouble = troubleOf('RegisterTargets', sdkError(name, status));
  expect(trouble.reason).toBe(reason);
  expect(trouble.message).toContain('RegisterTargets');
  expect(trouble.message).toContain('said so');
});

const role = 'arn:aws:iam::222222222222:role/targets';

it.each([
  ['AccessDenied', 403, 'AccessDenied'],
  ['ValidationError', 400, 'AccessDenied'],
  ['RegionDisabledException', 403, 'AccessDenied'],
  ['Throttling', 400, 'Throttled'],
  ['InternalFailure', 500, 'AwsError'],
  ['TimeoutError', undefined, 'Unreachable'],
])("STS's %s (HTTP %s) is %s of the role", (name, status, reason) => {
  const trouble = troubleOfRole(role, sdkError(name, status));
  expect(trouble.reason).toBe(reason);
  expect(trouble.message).toContain(`AssumeRole of ${role}`);
});

it('a role that STS refuses comes with its remedies', () => {
  const { message } = troubleOfRole(role, sdkError('AccessDenied', 403));
  expect(message).toContain('trust policy');
  expect(message).toContain('assumeRoleExternalId');
});

it.each([
  ['CredentialsProviderError', undefined],
  ['InvalidIdentityTokenException', 400],
  ['ExpiredTokenException', 400],
])("%s is about the syncer's own credentials, not about the trust policy", (name, status) => {
  const { reason, message } = troubleOfRole(role, sdkError(name, status));
  expect(reason).toBe('AccessDenied');
  expect(message).not.toContain('trust policy');
});

it('the trouble of a role is that of the call that needed it', () => {
  const trouble = troubleOfRole(role, sdkError('AccessDenied', 403));
  expect(troubleOf('RegisterTargets', new RoleNotAssumed(trouble))).toEqual({
    reason: 'AccessDenied',
    message: `RegisterTargets: ${trouble.message}`,
  });
});

it.each([
  ['TooManyTargetsException', 'quota of targets per target group'],
  ['TooManyRegistrationsForTargetIdException', 'quota of registrations of one target'],
])('%s names its quota', (name, quota) => {
  expect(troubleOf('RegisterTargets', sdkError(name, 400)).message).toContain(quota);
});

it('a region that nobody has set is a mistake of the configuration, not a network that is down', () => {
  const { reason, message } = troubleOf('DescribeTargetGroups', new Error('Region is missing'));
  expect(reason).toBe('ValidationError');
  expect(message).toContain('AWS_REGION');
});

it.each([
  'no match.\n\nThe Canonical String should have been\nx-amz-security-token:SECRET\n',
  "'AWS4-HMAC-SHA256 Credential=AKIASECRET0000000000/20260101/eu-west-1, Signature=SECRET' is no key=value pair",
  'bad query X-Amz-Security-Token=SECRET&X-Amz-Signature=SECRET',
  'unknown key ASIASECRET0000000000',
])('credentials are not repeated: %j', (message) => {
  expect(troubleOf('RegisterTargets', sdkError('SignatureDoesNotMatch', 403, message)).message).not.toContain(
    'SECRET',
  );
});
