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

  it('is that of the parsed review, or is not known, however the JSON is written', () => {
    const subResource = fc.constantFrom(undefined, '', 'status');
    const operation = fc.constantFrom('CREATE', 'CREATE', 'UPDATE');
    const values = fc.record({ subResource, operation, name: fc.string(), object: objects });
    let known = 0;
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat(99)), (fields, dice) => {
        const text = writeOddly({ ...request, ...fields }, dice);
        const { request: parsed } = JSON.parse(text) as {
          request: typeof request & { subResource?: string };
        };
        const head = headOf(text);
        if (head === undefined) return;
        known++;
        expect(head.uid).toBe(parsed.uid);
        // Whatever is no creation is let through as it is, as a pod that no binding selects.
        if (parsed.operation !== 'CREATE' || (parsed.subResource ?? '') !== '') return;
        expect(head).toEqual({
          uid: parsed.uid,
          namespace: parsed.namespace,
          labels: parsed.object.metadata.labels,
        });
      }),
      { numRuns: 1_000 }, // More: raise numRuns; a thousand take half a second.
    );
    expect(known).toBeGreaterThan(50);
  });
});

const objects = fc.record({
  kind: fc.jsonValue(),
  metadata: fc.record({ labels: fc.dictionary(fc.string(), fc.string()), annotations: fc.jsonValue() }),
});

/**
 * A review with its request's members in any order, some of them there twice before the object, and now and then with
 * spaces or escapes.
 */
function writeOddly(fields: object, dice: Iterator<number>): string {
  const throwsBelow = (chance: number): boolean => Number(dice.next().value) < chance;
  const space = (): string => (throwsBelow(1) ? ' \n' : '');
  const string = (text: string): string =>
    throwsBelow(1) && text !== ''
      ? `"\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(text.slice(1)).slice(1)}`
      : JSON.stringify(text);
  const member = ([name, value]: [string, unknown]): string =>
    `${space()}${string(name)}${space()}:${space()}${write(value)}`;
  const write = (value: unknown): string =>
    typeof value === 'string'
      ? string(value)
      : typeof value === 'object' && value !== null && !Array.isArray(value)
        ? `{${Object.entries(value).map(member).join(',')}${space()}}`
        : JSON.stringify(value);
  const members = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Mostly in Go's order, as any other is not read by the head.
  if (throwsBelow(30)) members.sort(() => (throwsBelow(50) ? 1 : -1));
  const at = members.findIndex(([name]) => name === 'object');
  const again = throwsBelow(50)
    ? members.slice(0, at).map(([name]): [string, unknown] => [name, 'earlier'])
    : [];
  const all = [...again, ...members].map(member).join(',');
  return `{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{${all}}}`;
}
