import { describe, expect, it } from '@jest/globals';
import jp, { type Operation } from 'fast-json-patch';
import type { AdmissionAnswer } from '../admission/answer.ts';
import { legacyGatePrefix } from '@targetgate/shared/names';
import { createServer, pod, review } from './fixtures.ts';

const { send, app } = createServer();
const gate = { conditionType: 'target-health.elbv2.k8s.aws/web' };

/** A review with a text in the place of the pod's member `hole`, or of the pod itself. */
const reviewWith = (object: unknown, text: string): string => review({ object }).replace('"@"', () => text);
const withHole = (fields: object) => ({ ...pod(), ...fields });

const operationsOf = (answer: AdmissionAnswer): Operation[] =>
  JSON.parse(Buffer.from(answer.response.patch ?? '', 'base64').toString()) as Operation[];

const levels = 100_000;
const many = <T>(make: (n: number) => T): T[] => Array.from({ length: 100_000 }, (_, n) => make(n));

describe('a review', () => {
  it.each([
    ['lists', '['.repeat(levels) + ']'.repeat(levels)],
    ['objects', '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)],
  ])('with 100,000 %s within each other is answered, where they are read and where not', async (_, deep) => {
    expect((await send(reviewWith('@', deep))).statusCode).toBe(400);
    expect((await send(reviewWith(withHole({ status: '@' }), deep))).statusCode).toBe(200);
    expect((await send(deep.slice(0, levels))).statusCode).toBe(400);
  });

  it.each([
    ['100,000 containers', { ...pod(), spec: { containers: many((n) => ({ name: `c${n}` })) } }],
    [
      '100,000 gates',
      { ...pod(), spec: { containers: [], readinessGates: many((n) => ({ conditionType: `g${n}` })) } },
    ],
    ['100,000 labels', pod({ labels: { app: 'web', ...Object.fromEntries(many((n) => [`l${n}`, 'v'])) } })],
    [
      '60,000 gates of LBC v1',
      {
        ...pod(),
        spec: {
          containers: [],
          readinessGates: many((n) => ({ conditionType: `${legacyGatePrefix}${n}` })).slice(0, 60_000),
        },
      },
    ],
  ])('of a pod with %s is answered with its gate, for two seconds of work at most', async (_, object) => {
    const began = process.cpuUsage();
    const response = await send(review({ object }));
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
    expect(response.statusCode).toBe(200);
    const values = operationsOf(response.json<AdmissionAnswer>()).map((operation) =>
      'value' in operation ? (operation.value as unknown) : undefined,
    );
    expect(values.flat()).toContainEqual(gate);
  });

  it.each([
    ['the pod', (trap: string) => review().replace('"object":{', () => `"object":{${trap},`)],
    ['its metadata', (trap: string) => review().replace('"metadata":{', () => `"metadata":{${trap},`)],
    ['its labels', (trap: string) => review().replace('"labels":{', () => `"labels":{${trap},`)],
    ['its spec', (trap: string) => review().replace('"spec":{', () => `"spec":{${trap},`)],
    ['a container', (trap: string) => review().replace('"containers":[{', () => `"containers":[{${trap},`)],
    ['the request', (trap: string) => review().replace('"request":{', () => `"request":{${trap},`)],
    ['itself', (trap: string) => review().replace('{', () => `{${trap},`)],
  ])(
    'with keys that lead to prototypes in %s changes none, and no more than any other',
    async (_, textWith) => {
      for (const trap of [
        '"__proto__":{"polluted":"x"}',
        '"constructor":{"prototype":{"polluted":"x"}}',
        '"__proto__":"x"',
        '"constructor":"x"',
        '"toString":"x","hasOwnProperty":"x"',
      ]) {
        const response = await send(textWith(trap));
        expect([200, 400]).toContain(response.statusCode);
        if (response.statusCode === 200)
          expect(operationsOf(response.json<AdmissionAnswer>())).toEqual([
            { op: 'add', path: '/spec/readinessGates', value: [gate] },
          ]);
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it.each([
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['a path', '../../etc'],
    ['a NUL', 'a\u0000b'],
    ['half of a pair of surrogates', '\ud800'],
    ['a megabyte', 'x'.repeat(1 << 20)],
  ])(
    'of a pod whose name and label are %s is that of any pod, and no namespace by that name has bindings',
    async (_, name) => {
      const response = await send(review({ object: pod({ name, labels: { app: 'web', [name]: name } }) }));
      expect(operationsOf(response.json<AdmissionAnswer>())).toHaveLength(1);
      expect(
        (await send(review({ namespace: name }))).json<AdmissionAnswer>().response.patch,
      ).toBeUndefined();
    },
  );

  it.each([
    ['null in the place of each field in turn', 'null'],
    ['a number that is none in JavaScript', '1e999'],
    ['a negative one', '-99999999999999999999'],
    ['half of a pair of surrogates', '"\\ud800"'],
    ['a NUL', '"\\u0000"'],
  ])('with %s is answered with 200 or 4xx and a sentence', async (_, value) => {
    for (const place of review().matchAll(/(?<=":)("[^"]*"|\d+)/g)) {
      const text = review();
      const spoilt = text.slice(0, place.index) + value + text.slice(place.index + place[0].length);
      const response = await send(spoilt);
      expect([200, 400]).toContain(response.statusCode);
      if (response.statusCode === 400) expect(response.body).toMatch(/^(not an AdmissionReview|request\.)/);
    }
  });

  it('that ends anywhere before its end is not JSON', async () => {
    const text = review({ object: { ...pod(), metadata: { labels: { app: 'web' } } } });
    for (let length = 0; length < text.length; length += 7) {
      const response = await send(text.slice(0, length));
      expect([response.statusCode, response.body]).toEqual([400, 'the body is not JSON\n']);
    }
  });

  it('with a key twice is read as JSON.parse reads it: by the last one', async () => {
    const twice = review().replace('"operation":', '"operation":"DELETE","operation":');
    expect((await send(twice)).json<AdmissionAnswer>().response.patch).toBeDefined();
  });

  it('in bytes that are no UTF-8 is read with what stands for them', async () => {
    const [before = '', after = ''] = review({ object: pod({ annotations: { note: '@' } }) }).split('@');
    const payload = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(after)]);
    const headers = { 'content-type': 'application/json' };
    const response = await app.inject({ method: 'POST', url: '/mutate-v1-pod', headers, payload });
    const { newDocument } = jp.applyPatch<object>(
      structuredClone(pod()),
      operationsOf(response.json<AdmissionAnswer>()),
    );
    expect(newDocument).toMatchObject({ spec: { readinessGates: [gate] } });
  });
});

describe('a request', () => {
  it.each([
    [undefined, 415],
    ['', 415],
    ['text/json', 415],
    ['application/json-patch+json', 415],
    [';;;', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json', 200],
    ['APPLICATION/JSON', 200],
    ['application/json; charset=utf-8', 200],
    ['application/json; charset=UTF-16', 200],
  ])(
    'with the content type %j is answered %i: a body is UTF-8, whatever its charset says',
    async (type, status) => {
      const headers = { ...(type !== undefined && { 'content-type': type }) };
      const response = await app.inject({
        method: 'POST',
        url: '/mutate-v1-pod',
        headers,
        payload: review(),
      });
      expect(response.statusCode).toBe(status);
    },
  );

  it.each([
    ['GET', '/mutate-v1-pod'],
    ['PUT', '/mutate-v1-pod'],
    ['OPTIONS', '/mutate-v1-pod'],
    ['POST', '/'],
    ['POST', '/mutate-v1-pod/../x'],
    ['POST', '/__proto__'],
  ] as const)('%s %s is answered 404, with where reviews are taken', async (method, url) => {
    const response = await app.inject({
      method,
      url,
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.body).toContain('reviews are posted to /mutate-v1-pod');
  });
});
