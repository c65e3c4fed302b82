import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createServer } from './fixtures.ts';

const { send } = createServer();

/** Keys that parsers trip over. */
const traps = ['{"__proto__":{}}', '{"constructor":{"prototype":{}}}', '{}'].map((text): unknown =>
  JSON.parse(text),
);

/** Any JSON. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.constantFrom(...traps) },
);

/** Either what belongs there, or anything. */
const or = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: anything });

const text = or(fc.constantFrom('', 'shop', 'web'));
const container = fc.record({
  name: text,
  lifecycle: or(fc.record({ preStop: or(fc.record({ sleep: or(fc.record({ seconds: or(fc.nat()) })) })) })),
});
const pod = fc.record({
  metadata: or(
    fc.record(
      {
        name: text,
        generateName: text,
        namespace: text,
        labels: or(fc.oneof(fc.constant({ app: 'web' }), fc.dictionary(fc.string(), text))),
        annotations: or(fc.dictionary(fc.constant('elbv2.k8s.aws/graceful-termination'), text)),
      },
      { requiredKeys: [] },
    ),
  ),
  spec: or(
    fc.record(
      {
        readinessGates: or(fc.array(or(fc.record({ conditionType: or(fc.string()) })))),
        terminationGracePeriodSeconds: or(fc.integer()),
        containers: or(fc.array(or(container))),
      },
      { requiredKeys: [] },
    ),
  ),
});
const binding = fc.record(
  {
    metadata: fc.record(
      { name: text, namespace: text, annotations: or(fc.dictionary(fc.string(), text)) },
      { requiredKeys: [] },
    ),
    spec: or(
      fc.record(
        {
          targetGroupARN: text,
          targetGroupName: text,
          targetType: or(fc.constantFrom('ip', 'instance')),
          serviceRef: or(fc.record({ name: text })),
          nodeSelector: or(fc.constant({})),
          networking: anything,
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['metadata'] },
);
const eviction = fc.record(
  {
    metadata: or(fc.record({ name: or(fc.constant('web-1')), namespace: text }, { requiredKeys: [] })),
    deleteOptions: or(fc.record({ dryRun: or(fc.array(text)) }, { requiredKeys: [] })),
  },
  { requiredKeys: ['metadata'] },
);
const podKind = { group: '', version: 'v1', kind: 'Pod' };
const bindingKind = { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'TargetGroupBinding' };
const evictionKind = { group: 'policy', version: 'v1', kind: 'Eviction' };
const almostReview = (kind: object, object: fc.Arbitrary<unknown>, subResource = '') =>
  fc.record({
    apiVersion: or(fc.constant('admission.k8s.io/v1')),
    kind: or(fc.constant('AdmissionReview')),
    request: or(
      fc.record(
        {
          uid: or(fc.uuid()),
          kind: or(fc.constant(kind)),
          operation: or(fc.constantFrom('CREATE', 'UPDATE')),
          namespace: text,
          subResource: or(fc.constant(subResource)),
          object: or(object),
          oldObject: or(object),
        },
        { requiredKeys: ['uid', 'kind', 'operation', 'subResource', 'object'] },
      ),
    ),
  });

const json = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  values.map((value) => JSON.stringify(value));

describe('whatever is sent', () => {
  it.each([
    ['any JSON', 'pods', json(anything)],
    ['any JSON', 'bindings', json(anything)],
    ['almost a review', 'pods', json(almostReview(podKind, pod))],
    ['almost a review', 'podsGatesAndTermination', json(almostReview(podKind, pod))],
    ['almost a review', 'bindings', json(almostReview(bindingKind, binding))],
    ['almost a review', 'evictions', json(almostReview(evictionKind, eviction, 'eviction'))],
    ['any text', 'pods', fc.string()],
  ] as const)('%s of %s is answered with 200 or 4xx, and the server lives on', async (kind, to, bodies) => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(bodies, async (payload) => {
        const { statusCode } = await send(payload, to);
        seen.add(statusCode);
        expect([200, 400]).toContain(statusCode);
      }),
      { numRuns: 500 },
    );
    // The generator is worth nothing where it never gets past the first check.
    if (kind === 'almost a review') expect(seen).toEqual(new Set([200, 400]));
  });
});
