import { expect, it } from '@jest/globals';
import type { ElbCall } from '../elb-calls.ts';
import { firstCallAfter } from './kill.ts';

const call = (at: number): ElbCall => ({
  kind: 'elb-call',
  at,
  ms: 1,
  operation: 'DescribeTargetHealth',
  identity: 'sandbox',
  region: 'us-east-1',
  targets: [],
  result: 'ok',
});

it('the first call after a kill is not one that was made before it', () => {
  expect(firstCallAfter(1000, [call(900), call(1000), call(6000), call(7000)])).toBe(5000);
  expect(firstCallAfter(1000, [call(900)])).toBe(Infinity);
});
