import { describe, expect, it } from '@jest/globals';
import type { WorldEvent } from '../world/index.ts';
import { elbCallsOf, totalOf } from './elb-calls.ts';

const call = (at: number, operation: string, targetGroup = 'shop'): WorldEvent => ({
  kind: 'elb-call',
  at,
  ms: 1,
  operation,
  identity: 'sandbox',
  region: 'us-east-1',
  targetGroup,
  targets: [],
  result: 'ok',
});

describe('ELB calls', () => {
  it('are counted by operation, for one group, within the span', () => {
    const events = [
      call(9, 'RegisterTargets'),
      call(10, 'RegisterTargets'),
      call(11, 'DescribeTargetHealth'),
      call(12, 'DescribeTargetHealth'),
      call(13, 'DescribeTargetHealth', 'other'),
      call(20, 'DescribeTargetHealth'),
    ];
    const calls = elbCallsOf(events, 'shop', { from: 10, to: 20 });
    expect(calls).toEqual({ DescribeTargetHealth: 2, RegisterTargets: 1 });
    expect(totalOf(calls)).toBe(3);
  });
});
