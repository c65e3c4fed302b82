import { describe, expect, it } from '@jest/globals';
import { createFaultBox } from './faults.ts';

const home = { account: '000000000000', region: 'us-east-1' };
const call = (operation: string, caller = home) => ({ operation, caller, now: 0 });

describe('faults', () => {
  it('leave every call alone unless set', () => {
    expect(createFaultBox().judge(call('RegisterTargets'))).toEqual({ delayMs: 0 });
  });

  it('throttle mutating and non-mutating calls from separate buckets', () => {
    const faults = createFaultBox();
    faults.set({ throttling: { nonMutating: { capacity: 1, refillPerSecond: 0 } } });
    const codes = ['DescribeTargetHealth', 'DescribeTags', 'RegisterTargets'].map(
      (operation) => faults.judge(call(operation)).error?.code,
    );
    expect(codes).toEqual([undefined, 'Throttling', undefined]);
  });

  it("throttle each account's calls in each region by themselves, and those of STS never", () => {
    const faults = createFaultBox();
    const one = { capacity: 1, refillPerSecond: 0 };
    faults.set({ throttling: { nonMutating: one, mutating: one } });
    const isThrottled = (operation: string, caller = home): boolean =>
      faults.judge(call(operation, caller)).error?.code === 'Throttling';
    expect([isThrottled('DescribeTags'), isThrottled('DescribeTags')]).toEqual([false, true]);
    expect(isThrottled('DescribeTags', { ...home, account: '222222222222' })).toBe(false);
    expect(isThrottled('DescribeTags', { ...home, region: 'eu-west-1' })).toBe(false);
    expect([isThrottled('AssumeRole'), isThrottled('AssumeRole')]).toEqual([false, false]);
  });

  it('fail one operation a limited number of times, and say how many are left', () => {
    const faults = createFaultBox();
    faults.set({ errors: [{ operation: 'RegisterTargets', code: 'ServiceUnavailable', times: 1 }] });
    expect(faults.judge(call('DeregisterTargets')).error).toBeUndefined();
    expect(faults.judge(call('RegisterTargets')).error?.code).toBe('ServiceUnavailable');
    expect(faults.judge(call('RegisterTargets')).error).toBeUndefined();
    expect(faults.get().errors?.[0]?.times).toBe(0);
  });

  it('add up the latency of all calls and of one operation', () => {
    const faults = createFaultBox();
    faults.set({ latency: [{ ms: 10 }, { operation: 'RegisterTargets', ms: 5 }] });
    expect(faults.judge(call('RegisterTargets')).delayMs).toBe(15);
    expect(faults.judge(call('DescribeTags')).delayMs).toBe(10);
  });
});
