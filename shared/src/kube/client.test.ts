import { rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeApiServer, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { connect, type KubeClient } from './client.ts';
import { isConflict, isNotFound } from './errors.ts';

let server: FakeApiServer;
let client: KubeClient;
beforeEach(async () => {
  server = await startFakeApiServer();
  client = connect({ kubeconfig: server.kubeconfig });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

const get = (signal?: AbortSignal): Promise<unknown> =>
  client.request({ method: 'GET', path: '/things', query: { limit: '1' }, ...(signal && { signal }) });
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const patch = { method: 'PATCH', path: '/things/a', patch: 'merge', body: {}, dropsAnswer: true } as const;

describe('a request', () => {
  it.each([
    ['strategic', 'application/strategic-merge-patch+json'],
    ['merge', 'application/merge-patch+json'],
    ['json', 'application/json-patch+json'],
  ] as const)('that is a %s patch says so', async (patch, type) => {
    await client.request({ method: 'PATCH', path: '/things/a', body: { spec: 1 }, patch });
    expect(server.calls).toMatchObject([
      { method: 'PATCH', path: '/things/a', body: '{"spec":1}', headers: { 'content-type': type } },
    ]);
  });

  it('carries its query, escaped', async () => {
    const query = { labelSelector: 'app=web,tier in (a, b)' };
    await client.request({ method: 'GET', path: '/things', query });
    expect(server.calls[0]?.query).toEqual(query);
  });

  it('gives undefined for an empty answer', async () => {
    server.fault = () => ({ status: 204, body: '' });
    expect(await get()).toBeUndefined();
  });

  it('drops the answer of a call that succeeds where nobody needs it, and keeps the connection', async () => {
    server.fault = () => ({ status: 200, body: 'no JSON' });
    for (let n = 0; n < 20; n++) expect(await client.request(patch)).toBeUndefined();
    expect(server.connections).toBe(1);
  });

  it('whose answer is to be dropped says all the same why it was refused', async () => {
    server.fault = () => ({ status: 409, body: '{"reason":"Conflict","message":"uid differs"}' });
    await expect(client.request(patch)).rejects.toThrow('PATCH /things/a: uid differs');
  });

  it.each([
    [
      'the reason of a Status object',
      { status: 409, body: '{"reason":"Conflict","message":"uid differs"}' },
      'Conflict',
      'GET /things: uid differs',
    ],
    [
      'the status of an answer that is no JSON',
      { status: 502, body: '<html>' },
      'HTTP502',
      'GET /things: HTTP 502',
    ],
    ['the status of an empty answer', { status: 404, body: '' }, 'HTTP404', 'GET /things: HTTP 404'],
  ])('that is refused throws %s', async (_, fault, reason, message) => {
    server.fault = () => fault;
    expect(await caught(get())).toMatchObject({ name: 'KubeError', status: fault.status, reason, message });
  });

  it.each([
    ['another writer is a conflict', 409, 'the object has been modified', [true, false]],
    ['another uid is a conflict', 422, 'metadata.uid: Invalid value: "2": field is immutable', [true, false]],
    ['another invalid field is not', 422, 'metadata.name: Invalid value: "A": too loud', [false, false]],
    ['no object is not', 404, 'there is no pod', [false, true]],
  ])('that meets %s', async (_, status, message, expected) => {
    server.fault = () => ({ status, body: JSON.stringify({ message }) });
    const error = await caught(get());
    expect([isConflict(error), isNotFound(error)]).toEqual(expected);
  });

  it('whose connection is reset throws KubeUnreachable with the cause', async () => {
    server.fault = () => 'reset';
    const error = await caught(get());
    expect(error).toMatchObject({ name: 'KubeUnreachable', message: expect.stringContaining('GET /things') });
    expect((error as Error).cause).toMatchObject({ code: 'ECONNRESET' });
  });

  it('that deletes carries its body, too', async () => {
    server.put('a');
    await client.request({ method: 'DELETE', path: '/things/a', body: { preconditions: { uid: 'ü' } } });
    expect(server.calls).toMatchObject([{ method: 'DELETE', body: '{"preconditions":{"uid":"ü"}}' }]);
  });

  it('that is forbidden right before it is sent throws what forbids it, and is not sent', async () => {
    const beforeSend = (): void => {
      throw new Error('not now');
    };
    expect(await caught(client.request({ method: 'POST', path: '/things', beforeSend }))).toMatchObject({
      message: 'not now',
    });
    expect(server.calls).toEqual([]);
  });

  it('is not sent either where it is forbidden while its connection is made', async () => {
    let asked = 0;
    const beforeSend = (): void => {
      if (++asked === 2) throw new Error('not any more');
    };
    expect(await caught(client.request({ method: 'POST', path: '/things', beforeSend }))).toMatchObject({
      name: 'KubeUnreachable',
      cause: { message: 'not any more' },
    });
    expect([server.calls, server.connections]).toEqual([[], 1]);
  });

  it('ends with its signal', async () => {
    server.fault = () => 'hang';
    const from = performance.now();
    expect(await caught(get(AbortSignal.timeout(50)))).toMatchObject({ name: 'KubeUnreachable' });
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});

describe('the connections of a client', () => {
  it('are opened at the first call, not before', async () => {
    expect(server.connections).toBe(0);
    await get();
    expect(server.connections).toBe(1);
  });

  it('are kept from call to call', async () => {
    for (let n = 0; n < 200; n++) await get();
    expect(server.connections).toBeLessThan(5);
  });
});

describe('the token of a tokenFile', () => {
  const tokens = (): unknown[] => server.calls.map(({ headers }) => headers.authorization);

  it('is sent without the newline at its end', async () => {
    await get();
    expect(tokens()).toEqual(['Bearer first-token']);
  });

  it('is read anew after the API server has refused it', async () => {
    server.fault = ({ headers }) =>
      headers.authorization === 'Bearer second-token' ? undefined : { status: 401, body: '' };
    expect(await caught(get())).toMatchObject({ status: 401 });
    await writeFile(`${server.tokenFile}.new`, 'second-token');
    await rename(`${server.tokenFile}.new`, server.tokenFile);
    await get();
    expect(tokens()).toEqual(['Bearer first-token', 'Bearer second-token']);
  });

  it('that cannot be read is an API server that cannot be asked', async () => {
    await rm(server.tokenFile);
    expect(await caught(get())).toMatchObject({
      name: 'KubeUnreachable',
      message: expect.stringContaining('ENOENT'),
    });
    expect(server.calls).toEqual([]);
  });
});
