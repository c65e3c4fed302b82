import { describe, expect, it } from '@jest/globals';
import { apiBinding, apiService, snapshotOf, type ApiObject } from '../fixtures/cluster.ts';
import { bindingsOfPod, type PodIdentity } from './bindings-of-pod.ts';

const web: PodIdentity = { namespace: 'shop', labels: { app: 'web', version: '2' } };

interface Case {
  readonly fact: string;
  readonly binding?: ApiObject;
  /** Undefined: there is no service. */
  readonly service: ApiObject | undefined;
  readonly pod?: PodIdentity;
  readonly belongs: boolean;
}

const turnedOut = (targetType: string) => ({
  targetGroup: { arn: 'arn:web', targetType },
});

const cases: Case[] = [
  { fact: 'belongs to an ip binding whose service selects it', service: {}, belongs: true },
  {
    fact: 'belongs to it by each of several labels of the selector',
    service: { spec: { selector: { app: 'web', version: '2' } } },
    belongs: true,
  },
  {
    fact: 'does not belong to it when one label of the selector differs',
    service: { spec: { selector: { app: 'web', version: '1' } } },
    belongs: false,
  },
  {
    fact: 'does not belong to it when it lacks a label of the selector',
    service: { spec: { selector: { app: 'web', tier: 'front' } } },
    belongs: false,
  },
  { fact: 'does not belong to a binding whose service is missing', service: undefined, belongs: false },
  {
    fact: 'does not belong to a binding whose service has no selector',
    service: { spec: { selector: {} } },
    belongs: false,
  },
  {
    fact: 'does not belong to a binding of an ExternalName service',
    service: { spec: { type: 'ExternalName' } },
    belongs: false,
  },
  {
    fact: 'LBC#2393: does not belong to a binding that is being deleted, so it gets no gate that nobody opens',
    binding: { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } },
    service: {},
    belongs: false,
  },
  {
    fact: 'does not belong to an instance binding',
    binding: { spec: { targetType: 'instance' } },
    service: {},
    belongs: false,
  },
  {
    fact: 'belongs to a binding whose target type is left out, and not known so far',
    binding: { spec: { targetType: undefined } },
    service: {},
    belongs: true,
  },
  {
    fact: 'belongs to a binding whose target type is left out, and turned out to be ip',
    binding: { spec: { targetType: undefined }, status: turnedOut('ip') },
    service: {},
    belongs: true,
  },
  {
    fact: 'does not belong to a binding whose target type is left out, and turned out to be instance',
    binding: { spec: { targetType: undefined }, status: turnedOut('instance') },
    service: {},
    belongs: false,
  },
  {
    fact: 'does not belong to a binding whose target group turned out to be for a lambda',
    binding: { spec: { targetType: undefined }, status: turnedOut('lambda') },
    service: {},
    belongs: false,
  },
  {
    fact: 'belongs to an ip binding whatever its status says of the group',
    binding: { status: turnedOut('instance') },
    service: {},
    belongs: true,
  },
  {
    fact: 'does not belong to a binding of a type not known so far whose service is missing',
    binding: { spec: { targetType: undefined } },
    service: undefined,
    belongs: false,
  },
  {
    fact: 'does not belong to a binding of another namespace',
    service: {},
    pod: { ...web, namespace: 'bank' },
    belongs: false,
  },
  {
    fact: 'without labels belongs to no binding',
    service: {},
    pod: { namespace: 'shop', labels: {} },
    belongs: false,
  },
];

describe('a pod', () => {
  it.each(cases)('$fact', ({ binding, service, pod = web, belongs }) => {
    const snapshot = snapshotOf({
      bindings: [apiBinding(binding)],
      services: service ? [apiService(service)] : [],
    });
    expect(bindingsOfPod(pod, snapshot).map(({ name }) => name)).toEqual(belongs ? ['web'] : []);
  });

  it('belongs to several bindings in the order of their names, whatever the order they came in', () => {
    const named = (name: string) => apiBinding({ metadata: { name } });
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
    ]) {
      const snapshot = snapshotOf({ bindings: order.map(named), services: [apiService()] });
      expect(bindingsOfPod(web, snapshot).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    }
  });
});
