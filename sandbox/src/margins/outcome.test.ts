import { describe, expect, it } from '@jest/globals';
import type { PodTimeline } from '../measure/pod-timeline.ts';
import { outcomeOf } from './outcome.ts';
import { balancerTypes } from './settings.ts';
import { outcomeLines } from './table.ts';

const [type] = balancerTypes;
if (!type) throw new Error('there are no types of load balancers');
const pod = (at: PodTimeline['at']): PodTimeline => ({ name: 'shop', uid: 'a', at });
const totals = { requests: 1086, failed: 75, byStatus: { 200: 1011, 502: 75 }, p50: 1, p99: 2 };
const ended = [
  pod({ deregistered: 1000, sigterm: 11_010 }),
  pod({ deregistered: 2000, sigterm: 12_030 }),
  pod({ deregistered: 3000, sigterm: 13_020 }),
  pod({ deregistered: 4000, sigterm: 14_040 }),
];

describe('the outcome of a margin', () => {
  const outcome = outcomeOf({ type, marginSeconds: 10 }, ended, totals);

  it('is what each pod that ended has cost, and what the margin came to', () => {
    expect(outcome).toMatchObject({ podsEnded: 4, failedPerPod: 18.75, measuredSeconds: 10.02 });
  });

  it('is none where a pod was never deregistered', () => {
    const pods = [...ended, pod({ sigterm: 5 })];
    expect(() => outcomeOf({ type, marginSeconds: 10 }, pods, totals)).toThrow('never deregistered');
  });

  it('is a line of the table of its type', () => {
    const lines = outcomeLines([outcome]);
    const line = lines.findIndex((each) => /10 s +10.0 s +4 +1,086 +75 +18.8$/.test(each));
    expect(line).toBeGreaterThan(lines.indexOf(type.title));
    expect(line).toBeLessThan(lines.indexOf(balancerTypes[1]?.title ?? ''));
  });
});
