import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  apiBinding,
  apiEndpointSlice,
  apiNode,
  apiPod,
  apiService,
  snapshotOf,
  type ApiObjects,
} from '../fixtures/cluster.ts';
import type { RawObject } from '../kube/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import {
  bindingsOfPod,
  defaultBindingSettings,
  settingsOfBinding,
  targetsOfBinding,
} from '../resolve/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { projectBinding } from './binding.ts';

/** Anything that JSON can say, what sits at prototypes included. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, '', -1, 1e308, [null], {}),
  fc
    .constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}')
    .map((text): unknown => JSON.parse(text)),
);

/** And what no text can be made of. The API server has types for all but what a CRD describes. */
const worse = fc.oneof(anything, fc.constant({ toString: 1, valueOf: 1 }));

/** The same object, with anything in the place of one of its fields, however deep. */
const spoilt = (object: RawObject, values: fc.Arbitrary<unknown>): fc.Arbitrary<RawObject> => {
  const places = placesIn({
    spec: object.spec as unknown,
    status: object.status as unknown,
    metadata: object.metadata,
  });
  return fc.tuple(fc.constantFrom(...places), values).map(([path, value]) => {
    const copy = structuredClone(object) as Record<string, unknown>;
    let inner = copy;
    for (const step of path.slice(0, -1)) inner = inner[step] as Record<string, unknown>;
    inner[path.at(-1) ?? ''] = value;
    return copy as RawObject;
  });
};

/** The ways to all fields within a value, but for those that a name is known by: see oddity.ts. */
function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length === 0 || identity.has(path.join('.')) ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}
const identity = new Set(['metadata', 'metadata.name', 'metadata.namespace', 'metadata.resourceVersion']);

const names = namesOf(lbcGroup);
const wholeBinding = apiBinding({
  metadata: {
    annotations: { 'elbv2.k8s.aws/gate-floor': '50%' },
    finalizers: ['f'],
    deletionTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {
    targetGroupName: 'web',
    targetGroupProtocol: 'HTTP',
    ipAddressType: 'ipv4',
    vpcID: 'vpc-1',
    iamRoleArnToAssume: 'arn:role',
    assumeRoleExternalId: 'x',
    nodeSelector: {
      matchLabels: { a: 'b' },
      matchExpressions: [{ key: 'c', operator: 'In', values: ['d'] }],
    },
    multiClusterTargetGroup: false,
    networking: {},
  },
  status: {
    observedGeneration: 1,
    conditions: [{ type: 'Ready', status: 'True' }],
    targets: {},
    targetGroup: {},
  },
});
const wholePod = apiPod({
  metadata: { labels: { app: 'web' }, annotations: { a: 'b' }, ownerReferences: [{ controller: true }] },
  spec: {
    containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 80 }], lifecycle: {} }],
    readinessGates: [{ conditionType: 'x' }],
  },
  status: {
    podIPs: [{ ip: '10.0.0.1' }],
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ state: {} }],
  },
});

/** What rules do with a cluster. */
function useAll(snapshot: Snapshot): void {
  for (const binding of snapshot.bindings()) {
    settingsOfBinding(binding, names, defaultBindingSettings);
    targetsOfBinding(binding, snapshot, { gate: names.gate(binding.name), group: undefined });
  }
  for (const pod of snapshot.pods()) bindingsOfPod(pod, snapshot);
}

/** The cluster that has these objects; undefined where one cannot be projected and filed, which caches report. */
function understand(objects: ApiObjects): Snapshot | undefined {
  try {
    return snapshotOf({
      services: [apiService()],
      nodes: [apiNode()],
      endpointSlices: [apiEndpointSlice()],
      ...objects,
    });
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return undefined;
  }
}

it.each([
  ['binding', wholeBinding, worse, (binding: RawObject) => ({ bindings: [binding], pods: [apiPod()] })],
  ['pod', wholePod, anything, (pod: RawObject) => ({ pods: [pod], bindings: [apiBinding()] })],
] as const)(
  'a %s with anything in the place of a field is either not understood, or harms no rule',
  (_, whole, values, among) => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(spoilt(whole, values), (raw) => {
        const snapshot = understand(among(raw));
        seen.add(snapshot !== undefined);
        if (snapshot) useAll(snapshot);
      }),
      { numRuns: 2_000 }, // More: raise numRuns; a thousand take a fifth of a second.
    );
    expect(seen).toEqual(new Set([true, false]));
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

it.each([
  [{ targetGroupARN: 7 }, 'spec.targetGroupARN must be of the type string'],
  [{ nodeSelector: 'all' }, 'spec.nodeSelector must be of the type object'],
  [{ serviceRef: { name: ['web'], port: 80 } }, 'spec.serviceRef.name must be of the type string'],
  [{ serviceRef: { name: 'web', port: {} } }, 'spec.serviceRef.port must be a name or a number'],
])('a binding with %j, made under another CRD, is not understood, and the field is named', (spec, said) => {
  expect(() => projectBinding(apiBinding({ spec }))).toThrow(said);
});

it('a field of a binding that is null is left out', () => {
  expect(
    projectBinding(apiBinding({ spec: { targetType: null, nodeSelector: null, vpcID: null } })),
  ).toMatchObject({
    targetType: undefined,
    nodeSelector: undefined,
    vpcId: undefined,
  });
});
