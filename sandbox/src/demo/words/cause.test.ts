import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../measure/failures.ts';
import type { PodTimeline } from '../../measure/pod-timeline.ts';
import { causeOf } from './cause.ts';

const startedAt = 1000;
const pod = (at: PodTimeline['at']): PodTimeline => ({ name: 'shop', uid: 'a', at });
const pods = [pod({ created: 0, deregistered: 3000 }), pod({ created: 1000, healthy: 2000 })];
const sigterm = { count: 1, min: 25_010, p50: 25_040, max: 25_100 };
const latencies = { register: undefined, gate: undefined, deregister: undefined, sigterm };
const tell = (failures: readonly Failure[]): string => causeOf({ startedAt, pods, failures, latencies });

describe('the cause', () => {
  it('of failures is told with the number of each kind', () => {
    const failures: Failure[] = [
      { at: 1100, cause: 'pod ending' },
      { at: 1200, cause: 'pod ended' },
      { at: 1300, cause: 'pod ended' },
      { at: 5200, cause: 'no target' },
    ];
    expect(tell(failures)).toBe(
      'Requests failed from 0.1 s to 4.2 s: ' +
        '2 went to pods that had ended already, with no preStop to wait for the load balancer; ' +
        '1 were in flight when their pod got SIGTERM; ' +
        '1 found no target: the old ones had left, and no new one was healthy yet.',
    );
  });

  it('of success is that new targets were healthy in time, and that SIGTERM came late', () => {
    expect(tell([])).toBe(
      'When the last old target left, at 2.0 s, 1 of 1 new ones were healthy. ' +
        'Each old pod got SIGTERM 25.0 s or more after it was deregistered.',
    );
  });
});
