import { describe, expect, it } from '@jest/globals';
import { gate, podWith, type PodState } from './fixtures.ts';
import { objectionTo, type BoundPods } from './objection.ts';

const unhealthy: PodState = { conditions: { [gate]: 'False' }, reason: 'Elb.InitialHealthChecking' };
const ungated: PodState = { gates: [] };

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
];

function objectionOf(
  { pod, others }: Pick<Case, 'pod' | 'others'>,
  isLeaving: (uid: string) => boolean = () => false,
) {
  const evicted = podWith('web-0', pod);
  const pods = [evicted, ...others.map((state, index) => podWith(`web-${index + 1}`, state))];
  const objection = objectionTo({ pod: evicted, bindings: [{ binding: 'web', gate, pods }], isLeaving });
  return objection && [objection.rule, ...objection.awaited.map(({ obstacle }) => obstacle)];
}

describe('nothing speaks against the eviction of a pod when', () => {
  it.each(free)('$fact', (row) => expect(objectionOf(row)).toEqual(row.objection));

  it('no binding selects it', () => {
    const eviction = { pod: podWith('web-0'), bindings: [], isLeaving: () => false };
    expect(objectionTo(eviction)).toBeUndefined();
  });
});

describe('a binding objects to the eviction of a pod when', () => {
  it.each(bound)('$fact', (row) => expect(objectionOf(row)).toEqual(row.objection));

  it('the only other healthy one was let go just now', () => {
    expect(objectionOf({ others: [{}] }, (uid) => uid === 'web-1')).toEqual([
      'last_healthy',
      'has just been let go',
    ]);
  });

  it.each([
    ['looks as if it stayed', {}],
    ['terminates, and has no replacement yet', { terminating: true }],
  ])('one of the others was let go just now, and %s', (_, state) => {
    expect(objectionOf({ others: [state, {}] }, (uid) => uid === 'web-1')).toEqual([
      'replacement_unhealthy',
      'has just been let go',
    ]);
  });

  it('it is one of several, by its own gate', () => {
    const both = (open: 'True' | 'False') => ({ gates: [gate, 'api'], conditions: { api: open } });
    const [pod, other] = [podWith('web-0', both('True')), podWith('web-1', both('False'))];
    const bindings = ['api', 'web'].map((binding): BoundPods => {
      return { binding, gate: binding === 'api' ? 'api' : gate, pods: [pod, other] };
    });
    expect(objectionTo({ pod, bindings, isLeaving: () => false })).toMatchObject({ binding: 'api' });
    expect(objectionTo({ pod: other, bindings, isLeaving: () => false })).toBeUndefined();
  });
});
