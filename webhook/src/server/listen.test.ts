import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { connect as connectSocket, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dnsNamesOf, issueAuthority, issueServing } from '@targetgate/certs';
import { createLogger, createMetricsRegistry } from '@targetgate/shared/runtime';
import { useIdentity } from '../certificates/use-identity.ts';
import type { Admit } from '../admission/outcome.ts';
import { createMetrics } from '../metrics.ts';
import { listen } from './listen.ts';
import { buildServer } from './server.ts';

const name = 'webhook.test.svc';
const lifeMs = 60_000;

async function issue() {
  const now = Date.now();
  const authority = await issueAuthority(now, lifeMs);
  const dnsNames = dnsNamesOf('webhook', 'test');
  return { authority, serving: await issueServing({ authority, dnsNames, now, lifeMs }) };
}

const host = '127.0.0.1';
const agent = new Agent({ keepAlive: true });
afterEach(() => agent.destroy());

/** The same answer on every path. */
const toAll = (admit: Admit) => ({
  pods: admit,
  podsGatesAndTermination: admit,
  podsTermination: admit,
  bindings: admit,
  evictions: admit,
});

async function start(admit: Admit, linger = () => Promise.resolve()) {
  const metrics = createMetrics(createMetricsRegistry());
  const app = buildServer({
    admit: toAll(admit),
    metrics,
    logger: createLogger('test', 'silent'),
  });
  const { serving, authority } = await issue();
  useIdentity(app.server, serving);
  const port = await listen(app, { host, port: 0, linger });
  return { app, port, ca: authority.certificate };
}

/** Posts over a connection that is kept alive; gives the status and whether the server asked to close it. */
async function post(port: number, ca: string): Promise<[number | undefined, string | undefined]> {
  const headers = { 'content-type': 'application/json' };
  const sent = request({
    host,
    port,
    ca,
    servername: name,
    agent,
    method: 'POST',
    path: '/mutate-v1-pod',
    headers,
  });
  sent.end('{}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return [response.statusCode, response.headers.connection];
}

async function connectTls(port: number, ca: string): Promise<Socket> {
  const client = connect({ host, port, ca, servername: name });
  await once(client, 'secureConnect');
  return client;
}

async function connectTcp(port: number): Promise<Socket> {
  const client = connectSocket({ host, port });
  await once(client, 'connect');
  return client;
}

const answer = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  response: { uid: '1', allowed: true },
} as const;

describe('the listening server', () => {
  it('finishes a request in flight when it is closed, then ends its connection', async () => {
    const [arrived, decided] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const { app, port, ca } = await start(async () => {
      arrived.resolve(undefined);
      await decided.promise;
      return { kind: 'unchanged', answer };
    });
    const response = post(port, ca);
    await arrived.promise;
    const closed = app.close();
    while (app.server.listening) await setImmediate();
    decided.resolve(undefined);
    expect(await response).toEqual([200, 'close']);
    await closed;
    await expect(post(port, ca)).rejects.toThrow('ECONNREFUSED');
  });

  it('still answers over an open connection while it takes its leave, and asks to close it', async () => {
    const parted = Promise.withResolvers<undefined>();
    const { app, port, ca } = await start(
      () => Promise.resolve({ kind: 'unchanged', answer }),
      () => parted.promise,
    );
    expect(await post(port, ca)).toEqual([200, 'keep-alive']);
    const closed = app.close();
    expect(await post(port, ca)).toEqual([200, 'close']);
    parted.resolve(undefined);
    await closed;
    await expect(post(port, ca)).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps an idle connection for longer than the 90 s after which the API server itself closes it', async () => {
    const { app } = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    expect(app.server.keepAliveTimeout).toBeGreaterThan(90_000);
    await app.close();
  });

  it.each([
    ['that never carried a request', connectTls],
    ['that never shook hands', connectTcp],
  ])('does not wait for a connection %s', async (_, open) => {
    const { app, port, ca } = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    const client = await open(port, ca);
    const ended = once(client, 'close');
    client.on('error', () => undefined);
    await app.close();
    await ended;
  });

  it('serves with a new certificate from the next connection on', async () => {
    const { app, port, ca } = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    expect(await post(port, ca)).toEqual([200, 'keep-alive']);
    const next = await issue();
    useIdentity(app.server, next.serving);
    expect(await post(port, ca)).toEqual([200, 'keep-alive']);
    agent.destroy();
    expect(await post(port, next.authority.certificate)).toEqual([200, 'keep-alive']);
    await app.close();
  });

  it('keeps the old certificate where a new one does not fit its key', async () => {
    const { app, port, ca } = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    const [a, b] = [await issue(), await issue()];
    expect(() => useIdentity(app.server, { ...a.serving, key: b.serving.key })).toThrow(
      'key values mismatch',
    );
    expect(await post(port, ca)).toEqual([200, 'keep-alive']);
    await app.close();
  });

  it('refuses TLS 1.1', async () => {
    const { app, port, ca } = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const client = connect({ host, port, ca, servername: name, ...old });
    await expect(once(client, 'secureConnect')).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    });
    await app.close();
  });

  it('fails to start where the port is taken', async () => {
    const first = await start(() => Promise.resolve({ kind: 'unchanged', answer }));
    const metrics = createMetrics(createMetricsRegistry());
    const admit: Admit = () => Promise.resolve({ kind: 'unchanged', answer });
    const second = buildServer({
      admit: toAll(admit),
      metrics,
      logger: createLogger('test', 'silent'),
    });
    await expect(listen(second, { host, port: first.port })).rejects.toThrow('EADDRINUSE');
    await first.app.close();
  });
});
