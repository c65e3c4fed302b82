import { expect, it } from '@jest/globals';
import { scopeOf } from './scope.ts';

const role = { arn: 'arn:aws:iam::222222222222:role/targets', externalId: undefined };
const arn = 'arn:aws:elasticloadbalancing:us-east-2:111111111111:targetgroup/web/0123456789abcdef';

it.each([
  ['the account and region of an ARN', undefined, arn, '111111111111/us-east-2'],
  ['these, whichever role calls: AWS counts the calls of an account', role, arn, '111111111111/us-east-2'],
  ['the environment’s region, and our own account, for a name', undefined, 'web', 'own/default'],
  [
    'the environment’s region, and the account of the role, for its name',
    role,
    'web',
    '222222222222/default',
  ],
])('a call spends the quota of %s', (_, who, about, scope) => {
  expect(scopeOf({ role: who, about })).toBe(scope);
});
