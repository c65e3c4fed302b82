import { expect, it } from '@jest/globals';
import { troubleOf } from './trouble.ts';

const sdkError = (name: string, status?: number): Error =>
  Object.assign(new Error('said so'), {
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
