import { describe, expect, it } from '@jest/globals';
import type { PodTimeline } from '../measure/pod-timeline.ts';
import { causeOf } from './cause.ts';

const startedAt = 1000;
const pod = (at: PodTimeline['at']): PodTimeline => ({ name: 'shop', uid: 'a', at });
const totals = (failed: number) => ({ requests: 100, failed, byStatus: {}, p50: 1, p99: 1 });
const failing = [{ at: 5000, ms: 200, counts: { 200: 1, 503: 2 } }];

describe('the cause', () => {
  it('of failures is that the old targets left before a new one was healthy', () => {
    const pods = [pod({ created: 0, deregistered: 3000 }), pod({ created: 1000, healthy: 5200 })];
    expect(causeOf({ startedAt, pods, rate: failing, traffic: totals(2) })).toBe(
      'Requests failed from 4.0 s to 4.2 s: all old targets had left by 2.0 s, and the first new one was healthy only at 4.2 s.',
    );
  });

  it('of their end may be that the load balancer failed open', () => {
    const pods = [pod({ created: 0, deregistered: 3000 }), pod({ created: 1000, healthy: 9000 })];
    expect(causeOf({ startedAt, pods, rate: failing, traffic: totals(2) })).toMatch(
      'Until then the load balancer fails open to new ones',
    );
  });

  it('is not named where new targets were healthy in time', () => {
    const pods = [pod({ created: 0, deregistered: 3000 }), pod({ created: 1000, healthy: 2000 })];
    expect(causeOf({ startedAt, pods, rate: failing, traffic: totals(2) })).toBe(
      'Requests failed from 4.0 s to 4.2 s, with new targets healthy from 1.0 s on.',
    );
  });

  it('of success is that new targets were healthy when the last old one left', () => {
    const pods = [pod({ created: 0, deregistered: 3000 }), pod({ created: 1000, healthy: 2000 })];
    expect(causeOf({ startedAt, pods, rate: [], traffic: totals(0) })).toBe(
      'When the last old target left, at 2.0 s, 1 of 1 new ones were healthy.',
    );
  });
});
