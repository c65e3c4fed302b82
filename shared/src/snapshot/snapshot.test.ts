import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  apiBinding,
  apiEndpointSlice,
  apiNamespace,
  apiNode,
  apiPod,
  apiService,
  snapshotOf,
} from '../fixtures/cluster.ts';
import { projectPod } from '../model/index.ts';

const named = (it: Iterable<{ namespace: string; name: string }>): string[] =>
  [...it].map(({ namespace, name }) => `${namespace}/${name}`);

describe('the bindings of a snapshot', () => {
  const snapshot = snapshotOf({
    bindings: [
      apiBinding(),
      apiBinding({ metadata: { name: 'api' }, spec: { serviceRef: { name: 'api', port: 80 } } }),
      apiBinding({ metadata: { namespace: 'bank' } }),
    ],
    services: [apiService()],
  });

  it('are found by name', () => {
    expect(snapshot.binding('bank', 'web')).toMatchObject({ namespace: 'bank', name: 'web' });
    expect(snapshot.binding('bank', 'api')).toBeUndefined();
  });

  it('are found by namespace', () => {
    expect(named(snapshot.bindingsIn('shop'))).toEqual(['shop/web', 'shop/api']);
    expect(named(snapshot.bindingsIn('zoo'))).toEqual([]);
  });

  it('are found by service, which need not exist', () => {
    expect(named(snapshot.bindingsOfService('shop', 'api'))).toEqual(['shop/api']);
    expect(snapshot.service('shop', 'api')).toBeUndefined();
    expect(snapshot.service('shop', 'web')?.name).toBe('web');
  });
});

describe('the pods gated by a condition type', () => {
  it('are found in one namespace, in the order of their names', () => {
    const gated = (namespace: string, name: string, ...gates: string[]) =>
      apiPod({
        metadata: { namespace, name },
        spec: { readinessGates: gates.map((conditionType) => ({ conditionType })) },
      });
    const snapshot = snapshotOf({
      pods: [
        gated('shop', 'b', 'g', 'h'),
        gated('shop', 'a', 'g'),
        gated('shop', 'c', 'h'),
        gated('bank', 'd', 'g'),
      ],
    });
    expect(named(snapshot.podsGatedBy('shop', 'g'))).toEqual(['shop/a', 'shop/b']);
  });
});

describe('the pods that match a selector', () => {
  const labels = fc.dictionary(
    fc.constantFrom('app', 'tier', 'example.com/track'),
    fc.constantFrom('a', 'b', ''),
  );
  const pods = fc.uniqueArray(
    fc.record({
      namespace: fc.constantFrom('shop', 'bank'),
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      labels,
    }),
    { selector: ({ namespace, name }) => `${namespace}/${name}` },
  );
  const selector = labels.filter((it) => Object.keys(it).length > 0);

  it('are those that looking at every pod would find', () => {
    fc.assert(
      fc.property(pods, selector, (metadata, wanted) => {
        const objects = metadata.map((it) => apiPod({ metadata: it }));
        const naive = objects
          .map(projectPod)
          .filter((pod) => pod.namespace === 'shop')
          .filter((pod) => Object.entries(wanted).every(([name, value]) => pod.labels[name] === value))
          .sort((a, b) => a.name.localeCompare(b.name));
        expect(snapshotOf({ pods: objects }).podsMatching('shop', wanted)).toEqual(naive);
      }),
    );
  });

  it('are none for an empty selector, as a service without a selector has no pods', () => {
    expect(snapshotOf({ pods: [apiPod()] }).podsMatching('shop', {})).toEqual([]);
  });
});

describe('the nodes of a snapshot', () => {
  const snapshot = snapshotOf({ nodes: ['b', 'c', 'a'].map((name) => apiNode({ metadata: { name } })) });

  it('come in the order of their names', () => {
    expect(named(snapshot.nodes())).toEqual(['/a', '/b', '/c']);
  });

  it('are found by name', () => {
    expect(snapshot.node('b')).toMatchObject({ name: 'b', ready: true });
    expect(snapshot.node('d')).toBeUndefined();
  });
});

describe('a namespace of a snapshot', () => {
  it('is found by name', () => {
    const snapshot = snapshotOf({ namespaces: [apiNamespace({ metadata: { annotations: { a: 'b' } } })] });
    expect(snapshot.namespace('shop')?.annotations).toEqual({ a: 'b' });
    expect(snapshot.namespace('bank')).toBeUndefined();
  });
});

describe('the endpoint slices of a service', () => {
  it('are found in its namespace, in the order of their names', () => {
    const slice = (name: string, service: string, namespace = 'shop') =>
      apiEndpointSlice({
        metadata: { namespace, name, labels: { 'kubernetes.io/service-name': service } },
      });
    const snapshot = snapshotOf({
      endpointSlices: [
        slice('b', 'web'),
        slice('a', 'web'),
        slice('c', 'api'),
        slice('d', 'web', 'bank'),
        apiEndpointSlice({ metadata: { name: 'e', labels: {} } }),
      ],
    });
    expect(named(snapshot.endpointSlicesOf('shop', 'web'))).toEqual(['shop/a', 'shop/b']);
    expect(named(snapshot.endpointSlicesOf('zoo', 'web'))).toEqual([]);
  });
});
