import { expect, it } from '@jest/globals';
import { isRegion, scopeOf } from './scope.ts';

const role = { arn: 'arn:aws:iam::222222222222:role/targets', externalId: undefined };
const arnIn = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:111111111111:targetgroup/web/0123456789abcdef`;
const arn = arnIn('us-east-2');

it.each([
  ['our own account, whoever has the group, and the region of the ARN', undefined, arn, 'own/us-east-2'],
  ['the account of the role, whoever has the group', role, arn, '222222222222/us-east-2'],
  ['the environment’s region, for a name', undefined, 'web', 'own/eu-west-1'],
  ['the account of the role, for a name', role, 'web', '222222222222/eu-west-1'],
  ['the environment’s region, for what cannot be one', undefined, arnIn('not a region'), 'own/eu-west-1'],
])('a call spends the quota of %s', (_, who, about, scope) => {
  expect(scopeOf({ role: who, about }, 'eu-west-1')).toBe(scope);
});

it('a region that nobody names is the default one', () => {
  expect(scopeOf({ role: undefined, about: 'web' })).toBe('own/default');
});

it.each<[string, boolean]>([
  ['eu-west-1', true],
  ['us-gov-west-1', true],
  ['us-isob-east-1', true],
  ['ap-southeast-4', true],
  ['eusc-de-east-1', true],
  ['', false],
  ['Europe', false],
  ['eu-west-1.evil.example', false],
])('%j is a region: %p', (text, expected) => {
  expect(isRegion(text)).toBe(expected);
});
