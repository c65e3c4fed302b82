import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { headOf } from './head.ts';

const labels = { app: 'web' };
const request = {
  uid: 'uid-1',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  requestKind: { group: '', version: 'v1', kind: 'Pod' },
  name: '',
  namespace: 'shop',
  operation: 'CREATE',
  userInfo: { username: 'a', groups: ['b'], extra: { c: ['d'] } },
  object: { kind: 'Pod', apiVersion: 'v1', metadata: { generateName: 'web-', labels }, spec: {} },
};

/** A review as Go writes it. */
const textOf = (fields: object = {}): string =>
  JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: { ...request, ...fields },
  });

describe('the head of a review', () => {
  it('has what decides whether a binding selects the pod', () => {
    expect(headOf(textOf())).toEqual({ uid: 'uid-1', namespace: 'shop', labels });
  });

  const objectOf = (metadata: unknown) => ({ object: { metadata, labels } });
  it.each([
    ['another operation', textOf({ operation: 'UPDATE' })],
    ['another kind', textOf({ kind: { group: '', version: 'v1', kind: 'Binding' } })],
    ['a subresource', textOf().replace('"namespace"', '"subResource":"status","namespace"')],
    ['no uid', textOf({ uid: undefined })],
    ['an empty uid', textOf({ uid: '' })],
    ['a uid that is a number', textOf({ uid: 1 })],
    ['no namespace', textOf({ namespace: undefined })],
    ['no object', textOf({ object: undefined })],
    ['a pod that is none', textOf({ object: 'pod' })],
    ['labels that are not in its metadata', textOf(objectOf({ annotations: { labels: 'web' } }))],
    ['no metadata', textOf(objectOf(undefined))],
    ['a label that is a number', textOf(objectOf({ labels: { app: 1 } }))],
    ['labels that are a list', textOf(objectOf({ labels: ['web'] }))],
    ['labels that are null', textOf(objectOf({ labels: null }))],
    ['spaces', JSON.stringify(JSON.parse(textOf()), undefined, 1)],
    ['another version', textOf().replace('k8s.io/v1', 'k8s.io/v1beta1')],
    ['a value that is no JSON', textOf().replace('"uid-1"', 'uid-1')],
  ])('is not known where there is %s', (_, text) => {
    expect(headOf(text)).toBeUndefined();
  });

  it('is not known of a text that ends before the labels do, wherever that is', () => {
    const whole = textOf();
    const end = whole.indexOf('"web"') + '"web"}'.length;
    for (let length = 0; length < end; length++) expect(headOf(whole.slice(0, length))).toBeUndefined();
    expect(headOf(whole.slice(0, end))).toBeDefined();
  });

  it('is what the parser reads, whatever stands in front of it', () => {
    const anything = fc.jsonValue();
    const strings = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', 'é') });
    const fields = fc.record({
      uid: strings.filter((uid) => uid !== ''),
      userInfo: anything,
      object: fc.record({
        kind: anything,
        metadata: fc.record({
          name: strings,
          deletionTimestamp: anything,
          labels: fc.dictionary(strings, strings),
        }),
      }),
    });
    fc.assert(
      fc.property(fields, ({ uid, userInfo, object }) => {
        const { labels } = object.metadata;
        expect(headOf(textOf({ uid, userInfo, object }))).toEqual({ uid, namespace: 'shop', labels });
      }),
      { numRuns: 500 },
    );
  });
});
