import { describe, expect, it } from '@jest/globals';
import type { WorldEvent } from '../../world/index.ts';
import { countsOf, failuresOf } from './failures.ts';
import type { PodTimeline } from '../../measure/pod-timeline.ts';

const pod: PodTimeline = {
  name: 'shop-1',
  uid: 'a',
  ip: '127.0.0.1',
  at: { created: 0, healthy: 1000, sigterm: 5000 },
};

/** A request that was sent and failed at these times. */
const failed = (sent: number, at: number, rest: { target?: string; failure?: string }): WorldEvent => ({
  kind: 'failed-request',
  traffic: 'shop',
  at,
  ms: at - sent,
  status: '502',
  ...rest,
});
const target = '127.0.0.1:8080';

describe('the cause of a failed request', () => {
  it.each([
    ['no target', failed(6000, 6001, { failure: 'no-targets' })],
    ['drain over', failed(4000, 6000, { target, failure: 'drain-over' })],
    ['pod ended', failed(5000, 5001, { target, failure: 'connect-refused' })],
    ['pod ending', failed(4999, 5000, { target, failure: 'reset' })],
    ['not healthy', failed(999, 1001, { target, failure: 'connect-refused' })],
    ['other', failed(1000, 1001, { target, failure: 'timeout' })],
    ['other', failed(1000, 1001, { target: '127.0.0.2:8080', failure: 'reset' })],
  ])('is %s', (cause, event) => {
    expect(failuresOf([event], 'shop', [pod])[0]?.cause).toBe(cause);
  });

  it('comes with the pod that it was sent to', () => {
    const events = [failed(1, 2, { target }), failed(3, 4, { target: '127.0.0.2:8080' })];
    expect(failuresOf(events, 'shop', [pod]).map((failure) => failure.pod)).toEqual(['a', undefined]);
  });

  it('is asked for of one traffic only', () => {
    expect(failuresOf([failed(1, 2, {})], 'other', [pod])).toEqual([]);
  });

  it('is counted where it occurs', () => {
    const events = [failed(6000, 6001, { target }), failed(6002, 6003, { target })];
    expect(countsOf(failuresOf(events, 'shop', [pod]))).toEqual({ 'pod ended': 2 });
  });
});
