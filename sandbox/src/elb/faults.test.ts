import { describe, expect, it } from '@jest/globals';
import { createFaultBox } from './faults.ts';

describe('faults', () => {
  it('leave every call alone unless set', () => {
    expect(createFaultBox().judge('RegisterTargets', 0)).toEqual({ delayMs: 0 });
  });

  it('throttle mutating and non-mutating calls from separate buckets', () => {
    const faults = createFaultBox();
    faults.set({ throttling: { nonMutating: { capacity: 1, refillPerSecond: 0 } } });
    const codes = ['DescribeTargetHealth', 'DescribeTags', 'RegisterTargets'].map(
      (operation) => faults.judge(operation, 0).error?.code,
    );
    expect(codes).toEqual([undefined, 'Throttling', undefined]);
  });

  it('fail one operation a limited number of times, and say how many are left', () => {
    const faults = createFaultBox();
    faults.set({ errors: [{ operation: 'RegisterTargets', code: 'ServiceUnavailable', times: 1 }] });
    expect(faults.judge('DeregisterTargets', 0).error).toBeUndefined();
    expect(faults.judge('RegisterTargets', 0).error?.code).toBe('ServiceUnavailable');
    expect(faults.judge('RegisterTargets', 0).error).toBeUndefined();
    expect(faults.get().errors?.[0]?.times).toBe(0);
  });

  it('add up the latency of all calls and of one operation', () => {
    const faults = createFaultBox();
    faults.set({ latency: [{ ms: 10 }, { operation: 'RegisterTargets', ms: 5 }] });
    expect(faults.judge('RegisterTargets', 0).delayMs).toBe(15);
    expect(faults.judge('DescribeTags', 0).delayMs).toBe(10);
  });
});
