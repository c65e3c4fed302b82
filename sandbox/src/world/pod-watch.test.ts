import { describe, expect, it } from '@jest/globals';
import type { RawObject } from '@targetgate/shared/kube';
import { newsOf, projectPod } from './pod-watch.ts';

const gate = 'target-health.elbv2.k8s.aws/shop';

const pod = (uid: string, condition?: { status: string; reason?: string }): RawObject => ({
  metadata: { name: 'shop-1', namespace: 'shop', uid, resourceVersion: '1' },
  spec: { readinessGates: [{ conditionType: gate }] },
  status: { conditions: condition ? [{ type: gate, ...condition }] : [] },
});

const missing = projectPod(pod('a'));
const closed = projectPod(pod('a', { status: 'False', reason: 'Elb.RegistrationInProgress' }));
const open = projectPod(pod('a', { status: 'True' }));

describe('deletions', () => {
  const deleted = { ...open, deleted: true };

  it('are reported once', () => {
    expect(newsOf({ before: open, after: deleted }, 5)).toEqual([
      { kind: 'deletion', at: 5, namespace: 'shop', pod: 'shop-1', uid: 'a' },
    ]);
    expect(newsOf({ before: deleted, after: deleted }, 6)).toEqual([]);
  });
});

describe('gates', () => {
  it('are reported as missing when a new pod has no such condition yet', () => {
    expect(newsOf({ before: undefined, after: missing }, 5)).toEqual([
      {
        kind: 'gate',
        at: 5,
        namespace: 'shop',
        pod: 'shop-1',
        uid: 'a',
        gate,
        status: 'missing',
        reason: undefined,
        message: undefined,
      },
    ]);
  });

  it('are reported again when their status or reason changes, and only then', () => {
    expect(newsOf({ before: missing, after: closed }, 5)).toMatchObject([{ status: 'False' }]);
    expect(newsOf({ before: closed, after: open }, 6)).toMatchObject([{ status: 'True' }]);
    expect(newsOf({ before: open, after: open }, 7)).toEqual([]);
  });

  it('of a pod with the name of another are news, whatever that one had', () => {
    const namesake = projectPod(pod('b', { status: 'True' }));
    expect(newsOf({ before: open, after: namesake }, 5)).toMatchObject([{ uid: 'b', status: 'True' }]);
  });

  it('of a pod that is gone are no news', () => {
    expect(newsOf({ before: open, after: undefined }, 5)).toEqual([]);
  });
});
