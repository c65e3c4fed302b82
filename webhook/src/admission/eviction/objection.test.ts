import { describe, expect, it } from '@jest/globals';
import { gate, podWith, type PodState } from './fixtures.ts';
import type { IsLeaving } from './awaited.ts';
import { objectionTo, type BoundPods } from './objection.ts';

const unhealthy: PodState = { conditions: { [gate]: 'False' }, reason: 'Elb.InitialHealthChecking' };
const ungated: PodState = { gates: [] };
const heldOpen: PodState = { openReason: 'HeldOpen' };
const failedOpen: PodState = { openReason: 'FailOpenThrottled' };
const nodeLost: PodState = { conditions: { Ready: 'False' } };

interface Case {
  readonly fact: string;
  /** The pod to be evicted. */
  readonly pod?: PodState;
  readonly others: readonly PodState[];
  /** The rule, and what each awaited pod waits for. */
  readonly objection: readonly string[] | undefined;
}

const free: Case[] = [
  { fact: 'another is healthy and none is not', others: [{}], objection: undefined },
  {
    fact: 'it is not healthy itself, though it is the only one',
    pod: unhealthy,
    others: [],
    objection: undefined,
  },
  {
    fact: 'it is not healthy itself, like all others',
    pod: unhealthy,
    others: [unhealthy],
    objection: undefined,
  },
  {
    fact: 'its containers are not ready, though its gate is still open',
    pod: { conditions: { ContainersReady: 'False' } },
    others: [],
    objection: undefined,
  },
  { fact: 'it terminates already', pod: { terminating: true }, others: [], objection: undefined },
  { fact: 'it has finished', pod: { phase: 'Failed' }, others: [], objection: undefined },
  {
    fact: 'what is not healthy terminates',
    others: [{}, { ...unhealthy, terminating: true }],
    objection: undefined,
  },
  {
    fact: 'what is not healthy has finished',
    others: [{}, { ...unhealthy, phase: 'Succeeded' }],
    objection: undefined,
  },
  {
    fact: 'it has no gate and is not Ready',
    pod: { gates: [], conditions: { Ready: 'False' } },
    others: [],
    objection: undefined,
  },
  {
    fact: 'it has no gate, and neither has another, which is Ready',
    pod: ungated,
    others: [ungated],
    objection: undefined,
  },
  {
    fact: 'another is not Ready, as a gate of another binding is closed',
    others: [{ gates: [gate, 'api'], conditions: { api: 'False', Ready: 'False' } }],
    objection: undefined,
  },
  {
    fact: 'ELB does not check the others',
    others: [{ openReason: 'Target.HealthCheckDisabled' }, { openReason: 'Target.NotInUse' }],
    objection: undefined,
  },
  {
    fact: 'another that a ReplicaSet made terminates: its replacement is there',
    others: [{}, { terminating: true, owner: 'ReplicaSet' }],
    objection: undefined,
  },
  {
    fact: 'another that a StatefulSet made terminates and has finished',
    others: [{}, { terminating: true, phase: 'Succeeded', owner: 'StatefulSet' }],
    objection: undefined,
  },
  {
    fact: 'another without a gate is Ready, whatever conditions it has',
    others: [{ gates: [], conditions: { [gate]: 'False' } }],
    objection: undefined,
  },
];

const bound: Case[] = [
  { fact: 'it is the only one', others: [], objection: ['last_healthy'] },
  { fact: 'it is the only one, and has no gate', pod: ungated, others: [], objection: ['last_healthy'] },
  { fact: 'all others terminate', others: [{ terminating: true }], objection: ['last_healthy'] },
  { fact: 'all others have finished', others: [{ phase: 'Failed' }], objection: ['last_healthy'] },
  {
    fact: 'no other is healthy',
    others: [unhealthy, unhealthy],
    objection: ['last_healthy', 'Elb.InitialHealthChecking', 'Elb.InitialHealthChecking'],
  },
  {
    fact: 'one of the others is not healthy',
    others: [{}, unhealthy],
    objection: ['replacement_unhealthy', 'Elb.InitialHealthChecking'],
  },
  {
    fact: 'the gate of one of the others has no condition yet',
    others: [{}, { gates: ['other', gate], conditions: { [gate]: 'False' } }],
    objection: ['replacement_unhealthy', 'is not registered yet'],
  },
  {
    fact: 'one of the others waits for a node',
    others: [{}, { ...unhealthy, node: '' }],
    objection: ['replacement_unhealthy', 'waits for a node'],
  },
  {
    fact: 'the containers of another are not ready, though its gate is still open',
    others: [{ conditions: { ContainersReady: 'False' } }],
    objection: ['last_healthy', 'its containers are not ready'],
  },
  {
    fact: 'another has no gate and is not Ready',
    others: [{}, { gates: [], conditions: { Ready: 'False' } }],
    objection: ['replacement_unhealthy', 'is not Ready'],
  },
  {
    fact: 'all of another says that it is Ready, but for its node, which does not answer',
    others: [nodeLost],
    objection: ['last_healthy', 'is not Ready, as if its node did not answer'],
  },
  {
    fact: 'the gates of the others are open without health',
    others: [heldOpen, failedOpen],
    objection: ['last_healthy', 'HeldOpen', 'FailOpenThrottled'],
  },
  {
    fact: 'nobody is known to be healthy, itself included: the load balancer may send to them all',
    pod: heldOpen,
    others: [heldOpen, unhealthy],
    objection: ['last_healthy', 'HeldOpen', 'Elb.InitialHealthChecking'],
  },
  {
    fact: 'another that a StatefulSet made terminates: its successor comes only when it is gone',
    others: [{}, { terminating: true, owner: 'StatefulSet' }],
    objection: ['replacement_unhealthy', 'terminates; its successor comes when it is gone'],
  },
];

/** The objection to the eviction of `web-0`, and what each awaited pod waits for. */
function objectionOf(
  { pod, others }: Pick<Case, 'pod' | 'others'>,
  { nodeEmpties = false, isLeaving = () => false }: { nodeEmpties?: boolean; isLeaving?: IsLeaving } = {},
) {
  const evicted = podWith('web-0', pod);
  const pods = [evicted, ...others.map((state, index) => podWith(`web-${index + 1}`, state))];
  const bindings = [{ binding: 'web', gate, pods }];
  const objection = objectionTo({ pod: evicted, bindings, nodeEmpties, isLeaving });
  return objection && [objection.rule, ...objection.awaited.map(({ obstacle }) => obstacle)];
}

describe('nothing speaks against the eviction of a pod when', () => {
  it.each(free)('$fact', (row) => expect(objectionOf(row)).toEqual(row.objection));

  it('no binding selects it', () => {
    const eviction = { pod: podWith('web-0'), bindings: [], nodeEmpties: true, isLeaving: () => false };
    expect(objectionTo(eviction)).toBeUndefined();
  });
});

describe('a binding objects to the eviction of a pod when', () => {
  it.each(bound)('$fact', (row) => expect(objectionOf(row)).toEqual(row.objection));

  it('the only other healthy one was let go just now', () => {
    expect(objectionOf({ others: [{}] }, { isLeaving: ({ name }) => name === 'web-1' })).toEqual([
      'last_healthy',
      'has just begun to leave',
    ]);
  });

  it.each([
    ['looks as if it stayed', {}],
    ['terminates, and has no replacement yet', { terminating: true }],
  ])('one of the others was let go just now, and %s', (_, state) => {
    expect(objectionOf({ others: [state, {}] }, { isLeaving: ({ name }) => name === 'web-1' })).toEqual([
      'replacement_unhealthy',
      'has just begun to leave',
    ]);
  });

  it('it is one of several, by its own gate', () => {
    const both = (open: 'True' | 'False') => ({ gates: [gate, 'api'], conditions: { api: open } });
    const [pod, other] = [podWith('web-0', both('True')), podWith('web-1', both('False'))];
    const bindings = ['api', 'web'].map((binding): BoundPods => {
      return { binding, gate: binding === 'api' ? 'api' : gate, pods: [pod, other] };
    });
    const circumstances = { bindings, nodeEmpties: false, isLeaving: () => false };
    expect(objectionTo({ pod, ...circumstances })).toMatchObject({ binding: 'api' });
    expect(objectionTo({ pod: other, ...circumstances })).toBeUndefined();
  });
});

describe('pods of a node that is being emptied', () => {
  /** Which of the pods may leave, in whatever order they are asked about. */
  function free(states: Readonly<Record<string, PodState>>, nodeEmpties = true): string[] {
    const pods = Object.entries(states).map(([name, state]) => podWith(name, state));
    const circumstances = { bindings: [{ binding: 'web', gate, pods }], nodeEmpties, isLeaving: () => false };
    return pods.filter((pod) => objectionTo({ pod, ...circumstances }) === undefined).map(({ name }) => name);
  }

  it('leave in the order of their names', () => {
    expect(free({ 'web-a': {}, 'web-b': {}, 'web-c': {} })).toEqual(['web-a']);
  });

  it('say who comes first', () => {
    const pods = ['web-a', 'web-b', 'web-c'].map((name) => podWith(name));
    const [, , pod = podWith('none')] = pods;
    const bindings = [{ binding: 'web', gate, pods }];
    expect(objectionTo({ pod, bindings, nodeEmpties: true, isLeaving: () => false })).toEqual({
      rule: 'not_its_turn',
      binding: 'web',
      awaited: [
        { name: 'web-a', obstacle: 'on node-1' },
        { name: 'web-b', obstacle: 'on node-1' },
      ],
    });
  });

  it('leave in any order where it is not known that the node is being emptied', () => {
    expect(free({ 'web-a': {}, 'web-b': {} }, false)).toEqual(['web-a', 'web-b']);
  });

  it.each<[string, PodState]>([
    ['are on other nodes', { node: 'node-2' }],
    ['terminate', { terminating: true }],
    ['nobody evicts, as a DaemonSet made them', { owner: 'DaemonSet' }],
    ['nobody evicts, as their node made them', { owner: 'Node' }],
  ])('do not wait for pods that %s', (_, state) => {
    expect(free({ 'web-a': state, 'web-b': {}, 'web-c': {} })).toContain('web-b');
  });
});
