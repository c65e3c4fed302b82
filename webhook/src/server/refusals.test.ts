import { describe, expect, it } from '@jest/globals';
import { createServer, pod, review } from './fixtures.ts';

describe('the admission server', () => {
  it.each([
    ['no JSON', '{', 'the body is not JSON'],
    ['nothing', '', 'the body is not JSON'],
    [
      'null',
      'null',
      'not an AdmissionReview of admission.k8s.io/v1: Invalid input: expected object, received null',
    ],
    [
      'no request',
      '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}',
      'request: Invalid input: expected object',
    ],
    [
      'the old version',
      review().replace('k8s.io/v1', 'k8s.io/v1beta1'),
      'apiVersion: Invalid input: expected "admission.k8s.io/v1"',
    ],
    ['no uid', review({ uid: undefined }), 'request.uid: Invalid input: expected string'],
    ['an empty uid', review({ uid: '' }), 'request.uid: Too small'],
    [
      'no object',
      review({ object: undefined }),
      'request.object is not a pod: Invalid input: expected object, received undefined',
    ],
    [
      'a pod without spec',
      review({ object: { metadata: {} } }),
      'request.object is not a pod: spec: Invalid input',
    ],
    [
      'a label that is a number',
      review({ object: pod({ labels: { a: 1 } }) }),
      'metadata.labels.a: Invalid input',
    ],
    [
      'no namespace at all',
      review({ namespace: undefined }),
      'request.namespace: a pod is always in a namespace',
    ],
  ])('answers %s with 400 and the reason in plain text', async (_, body, reason) => {
    const { send, requests } = createServer();
    const response = await send(body);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.body).toContain(reason);
    expect(await requests()).toEqual({ malformed: 1 });
  });

  it('answers 415 to what is not JSON and 413 to more than an API server sends', async () => {
    const { send, requests } = createServer();
    expect((await send(review(), 'pods', 'text/plain')).statusCode).toBe(415);
    expect((await send(review(), 'pods', 'application/yaml')).statusCode).toBe(415);
    expect((await send(review({ object: pod({ note: 'x'.repeat(8 << 20) }) }))).statusCode).toBe(413);
    expect(await requests()).toEqual({ malformed: 3 });
  });

  it('answers 400 to a request without a body', async () => {
    const { send, requests } = createServer();
    expect((await send('', 'pods', '')).statusCode).toBe(400);
    expect(await requests()).toEqual({ malformed: 1 });
  });

  it('answers 503 to a new pod while the caches have not synced, but lets all else through', async () => {
    const { send, requests } = createServer({ synced: new Promise(() => undefined) });
    const response = await send(review());
    expect([response.statusCode, response.body]).toEqual([
      503,
      expect.stringContaining('has not yet read the bindings'),
    ]);
    expect((await send(review({ operation: 'UPDATE' }))).statusCode).toBe(200);
    expect(await requests()).toEqual({ not_synced: 1, unchanged: 1 });
  });

  it('answers 500 to a defect, without telling what it is', async () => {
    const { send, requests } = createServer({ admit: () => Promise.reject(new Error('secret detail')) });
    const response = await send(review());
    expect([response.statusCode, response.body]).toEqual([
      500,
      'targetgate failed to answer; its log says why\n',
    ]);
    expect(await requests()).toEqual({ error: 1 });
  });
});
