import { describe, expect, it } from '@jest/globals';
import { exit } from '../runtimes/runtime.ts';
import { testPod } from '../test-pod.ts';
import type { ContainerState, ContainerView } from './container-state.ts';
import { podStatus, type PodFacts, type PodStatus } from './pod-status.ts';

const waiting: ContainerState = { is: 'waiting', reason: 'ContainerCreating' };
const unready: ContainerState = { is: 'running', since: 0, started: true, ready: false };
const ready: ContainerState = { ...unready, ready: true };
const ended = (code: number): ContainerState => ({ is: 'ended', since: 0, at: 1, exit: exit(code) });

const view = (state: ContainerState, name = 'web'): ContainerView => ({
  name,
  image: 'sandbox/app:1',
  state,
  previous: undefined,
  restarts: 0,
});

const facts = (some: Partial<PodFacts>): PodFacts => ({
  pod: testPod(),
  containers: [view(ready)],
  sidecars: [],
  hostAddress: '127.32.0.1',
  address: '127.64.0.1',
  startedAt: 0,
  now: 0,
  previous: undefined,
  ...some,
});

const condition = (status: PodStatus, type: string) => status.conditions.find((each) => each.type === type);

/** Its phase, ContainersReady and Ready, as one line. */
const summary = (status: PodStatus): string =>
  [status.phase, condition(status, 'ContainersReady')?.status, condition(status, 'Ready')?.status].join(' ');

const gates = (...statuses: (string | undefined)[]) =>
  testPod({
    spec: { readinessGates: statuses.map((_, index) => ({ conditionType: `gate-${index}` })) },
    status: {
      conditions: statuses.flatMap((status, index) =>
        status === undefined ? [] : [{ type: `gate-${index}`, status }],
      ),
    },
  });

describe('the status of a pod', () => {
  it.each<[string, Partial<PodFacts>, string]>([
    ['whose container is being created', { containers: [view(waiting)] }, 'Pending False False'],
    ['whose container runs but is not ready', { containers: [view(unready)] }, 'Running False False'],
    ['whose container is ready', {}, 'Running True True'],
    [
      'of whose containers one is not ready',
      { containers: [view(ready), view(unready)] },
      'Running False False',
    ],
    ['whose sidecar is not ready', { sidecars: [view(unready)] }, 'Running False False'],
    ['with an open gate', { pod: gates('True') }, 'Running True True'],
    ['with a closed gate', { pod: gates('False') }, 'Running True False'],
    ['with a gate that has no condition', { pod: gates(undefined) }, 'Running True False'],
    ['with one of two gates open', { pod: gates('True', 'Unknown') }, 'Running True False'],
    [
      'with open gates but unready containers',
      { pod: gates('True'), containers: [view(unready)] },
      'Running False False',
    ],
    ['whose containers ended well', { containers: [view(ended(0))] }, 'Succeeded False False'],
    [
      'of whose containers one ended badly',
      { containers: [view(ended(0)), view(ended(143))] },
      'Failed False False',
    ],
    [
      'of whose containers one has ended, one not',
      { containers: [view(ended(0)), view(ready)] },
      'Running False False',
    ],
    [
      'that ran before its node was started anew',
      { pod: testPod({ status: { phase: 'Running' } }), containers: [view(waiting)] },
      'Running False False',
    ],
  ])('%s is right', (_, some, expected) => {
    expect(summary(podStatus(facts(some)))).toBe(expected);
  });

  it('says which gates are closed', () => {
    expect(condition(podStatus(facts({ pod: gates('True', 'False', undefined) })), 'Ready')).toMatchObject({
      reason: 'ReadinessGatesNotReady',
      message:
        'the status of pod readiness gate "gate-1" is not "True", but False, ' +
        'corresponding condition of pod readiness gate "gate-2" does not exist.',
    });
  });

  it('takes back what a condition said before, once it is so', () => {
    const before = podStatus(facts({ containers: [view(unready)] }));
    for (const type of ['ContainersReady', 'Ready']) {
      expect(condition(before, type)).toMatchObject({
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [web]',
      });
      expect(condition(podStatus(facts({ previous: before })), type)).toMatchObject({
        status: 'True',
        reason: null,
        message: null,
      });
    }
  });

  it("has the kubelet's own conditions only, so that a merging patch leaves those of others alone", () => {
    expect(podStatus(facts({ pod: gates('True') })).conditions.map(({ type }) => type)).toEqual([
      'PodScheduled',
      'Initialized',
      'ContainersReady',
      'Ready',
    ]);
  });

  it('keeps the transition times of conditions that stay as they are', () => {
    const first = podStatus(facts({ containers: [view(waiting)], now: 0 }));
    const second = podStatus(facts({ now: 5000, previous: first }));
    expect(condition(second, 'PodScheduled')?.lastTransitionTime).toBe('1970-01-01T00:00:00.000Z');
    expect(condition(second, 'Ready')?.lastTransitionTime).toBe('1970-01-01T00:00:05.000Z');
    expect(podStatus(facts({ now: 9000, previous: second }))).toEqual(second);
  });

  it('has no address until the pod has one', () => {
    expect(podStatus(facts({ address: undefined }))).not.toHaveProperty('podIP');
    expect(podStatus(facts({}))).toMatchObject({ podIP: '127.64.0.1', podIPs: [{ ip: '127.64.0.1' }] });
  });
});
