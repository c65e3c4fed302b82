import { describe, expect, it } from '@jest/globals';
import type { ElbCall } from '../elb-calls.ts';
import { registrationDelays } from './registration-delays.ts';

const call = (at: number, more: Partial<ElbCall> = {}): ElbCall => ({
  kind: 'elb-call',
  at,
  ms: 1,
  operation: 'RegisterTargets',
  identity: 'sandbox',
  region: 'us-east-1',
  targets: ['127.0.0.5:8080'],
  result: 'ok',
  ...more,
});

const pod = { uid: 'a', name: 'app-0', address: '127.0.0.5' };
const readyAt = new Map([['a', 1000]]);

describe('the delay of a registration', () => {
  it('ends with the first call with the address that ELB took', () => {
    const calls = [
      call(1010, { result: 'Throttling' }),
      call(1020, { operation: 'DescribeTargetHealth' }),
      call(1025, { targets: ['127.0.0.50:8080'] }),
      call(1030),
      call(1040),
    ];
    expect(registrationDelays(calls, [pod], readyAt)).toEqual([30]);
  });

  it('is not to be had of a pod that was never registered', () => {
    expect(() => registrationDelays([], [pod], readyAt)).toThrow('app-0 was never registered');
  });
});
