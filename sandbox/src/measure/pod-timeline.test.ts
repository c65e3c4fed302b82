import { describe, expect, it } from '@jest/globals';
import type { TargetChange } from '../elb/index.ts';
import type { PodEvent } from '../nodes/index.ts';
import type { GateEvent, WorldEvent } from '../world/index.ts';
import { followPods } from './pod-timeline.ts';

const pod = (at: number, phase: PodEvent['phase'], rest: Partial<PodEvent> = {}): WorldEvent => ({
  kind: 'pod',
  at,
  namespace: 'shop',
  name: 'shop-1',
  uid: 'a',
  phase,
  ...rest,
});
const call = (at: number, operation: string, result = 'ok'): WorldEvent => ({
  kind: 'elb-call',
  at,
  ms: 1,
  operation,
  identity: 'sandbox',
  region: 'us-east-1',
  targetGroup: 'shop',
  targets: ['127.0.0.1:8080'],
  result,
});
const state = (at: number, state: TargetChange['state']): WorldEvent => ({
  kind: 'target',
  at,
  targetGroup: 'shop',
  target: '127.0.0.1:8080',
  state,
});
const gate = (at: number, status: GateEvent['status']): WorldEvent => ({
  kind: 'gate',
  at,
  namespace: 'shop',
  pod: 'shop-1',
  uid: 'a',
  gate: 'target-health.elbv2.k8s.aws/shop',
  status,
  reason: undefined,
  message: undefined,
});

const life: readonly WorldEvent[] = [
  pod(1, 'created'),
  pod(2, 'started', { ip: '127.0.0.1' }),
  pod(3, 'containers-ready'),
  call(4, 'RegisterTargets'),
  gate(5, 'False'),
  state(6, 'healthy'),
  gate(7, 'True'),
  pod(8, 'deleted'),
  call(9, 'DeregisterTargets'),
  state(9, 'draining'),
  state(10, 'gone'),
  pod(11, 'sigterm'),
  pod(12, 'gone'),
];

const wholeLife = {
  created: 1,
  containersReady: 3,
  registered: 4,
  healthy: 6,
  gateOpen: 7,
  deleted: 8,
  deregistered: 9,
  drained: 10,
  sigterm: 11,
  gone: 12,
};

function timelinesOf(events: readonly WorldEvent[]) {
  const timelines = followPods({ namespace: 'shop', targetGroup: 'shop' });
  for (const event of events) timelines.see(event);
  return timelines.pods();
}

describe('the timeline of a pod', () => {
  it('has the ten moments of its life', () => {
    expect(timelinesOf(life)).toEqual([{ name: 'shop-1', uid: 'a', ip: '127.0.0.1', at: wholeLife }]);
  });

  it('is the same in whatever order the sources report', () => {
    expect(timelinesOf([...life].reverse())).toEqual([
      { name: 'shop-1', uid: 'a', ip: '127.0.0.1', at: wholeLife },
    ]);
  });

  it('counts the first of a moment that comes again', () => {
    expect(timelinesOf([...life, state(20, 'healthy'), call(21, 'RegisterTargets')])[0]?.at).toEqual(
      wholeLife,
    );
  });

  it('takes the earlier of two watches that show the same change', () => {
    const seen: WorldEvent = { kind: 'deletion', at: 7.5, namespace: 'shop', pod: 'shop-1', uid: 'a' };
    expect(timelinesOf([...life, seen])[0]?.at.deleted).toBe(7.5);
  });

  it('knows nothing of calls that failed', () => {
    const events = [pod(1, 'created', { ip: '127.0.0.1' }), call(2, 'RegisterTargets', 'Throttling')];
    expect(timelinesOf(events)[0]?.at).toEqual({ created: 1 });
  });

  it('knows nothing of other namespaces and groups', () => {
    const elsewhere = { namespace: 'other', targetGroup: 'other' };
    const timelines = followPods(elsewhere);
    for (const event of life) timelines.see(event);
    expect(timelines.pods()).toEqual([]);
  });
});
