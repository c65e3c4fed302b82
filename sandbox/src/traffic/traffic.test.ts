import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http, { type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTraffic, type TrafficEvent, type TrafficOptions } from './index.ts';

const servers: http.Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server; the promise resolves when it has seen this many requests. */
async function serve(count: number, onRequest: RequestListener) {
  const seen = Promise.withResolvers<undefined>();
  let requests = 0;
  let connections = 0;
  const server = http.createServer((request, response) => {
    requests += 1;
    onRequest(request, response);
    if (requests === count) seen.resolve(undefined);
  });
  server.on('connection', () => (connections += 1));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, seen: seen.promise, connections: () => connections };
}

/** Traffic with its events, and what became of the requests. */
function send(url: string, changes: Partial<TrafficOptions> = {}) {
  const events: TrafficEvent[] = [];
  const record = (event: TrafficEvent): void => void events.push(event);
  const traffic = startTraffic({ url, rate: 100, connections: 4, record, ...changes });
  const failures = () => events.filter((event) => event.kind === 'failed-request');
  const counted = () =>
    events
      .filter((event) => event.kind === 'traffic')
      .flatMap((bucket) => Object.values(bucket.counts))
      .reduce((sum, count) => sum + count, 0);
  return { traffic, failures, counted };
}

describe('traffic', () => {
  it('keeps its rate while no request is answered at all', async () => {
    const held: ServerResponse[] = [];
    const { url, seen, connections } = await serve(50, (_request, response) => held.push(response));
    const start = Date.now();
    const { traffic } = send(url);
    await seen;
    // 50 requests at 100/s: the last is due 490 ms after the first.
    expect(Date.now() - start).toBeGreaterThanOrEqual(485);
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(connections()).toBeGreaterThanOrEqual(50);
    const totals = traffic.stop();
    const answerAll = setInterval(() => held.splice(0).forEach((response) => response.end()), 10);
    expect((await totals).failed).toBe(0);
    clearInterval(answerAll);
  });

  it('uses connections again and again when answers are quick', async () => {
    const { url, seen, connections } = await serve(50, (_request, response) => response.end());
    const { traffic } = send(url);
    await seen;
    const { requests } = await traffic.stop();
    // After a moment in which the machine stood still, all that is due is sent at once: each on a connection of its own.
    expect(connections()).toBeLessThan(requests);
  });

  it('opens a connection for each request where it is to keep none', async () => {
    const { url, seen, connections } = await serve(10, (_request, response) => response.end());
    const { traffic } = send(url, { connections: 0 });
    await seen;
    const { requests } = await traffic.stop();
    expect(connections()).toBe(requests);
  });

  it.each([
    [0, []],
    [0.25, [3, 7, 11]],
    [0.4, [2, 4, 7, 9]],
  ])('asks for /slow in a share of %d of its requests, evenly spread: %j of 12', async (slowShare, slow) => {
    const paths: (string | undefined)[] = [];
    const { url, seen } = await serve(12, (request, response) => {
      paths.push(request.url);
      response.end();
    });
    const { traffic } = send(url, { slowShare, connections: 1, rate: 50 });
    await seen;
    await traffic.stop();
    const found = paths.slice(0, 12).flatMap((path, index) => (path === '/slow' ? [index] : []));
    expect(found).toEqual(slow);
  });

  it('counts each request once, in a bucket and in the totals, and tells each failure with its target', async () => {
    let requests = 0;
    const { url, seen } = await serve(20, (_request, response) => {
      requests += 1;
      const failing = requests % 2 === 0;
      response.writeHead(failing ? 502 : 200, {
        'x-sandbox-target': '127.0.0.9:80',
        ...(failing && { 'x-sandbox-failure': 'reset' }),
      });
      response.end();
    });
    const { traffic, failures, counted } = send(url);
    await seen;
    const totals = await traffic.stop();
    const ok = totals.byStatus['200'] ?? 0;
    const bad = totals.byStatus['502'] ?? 0;
    expect(bad).toBeGreaterThanOrEqual(10);
    expect(totals).toMatchObject({ requests: ok + bad, failed: bad });
    expect(counted()).toBe(ok + bad);
    expect(failures()).toHaveLength(bad);
    expect(failures()[0]).toMatchObject({ status: '502', target: '127.0.0.9:80', failure: 'reset' });
  });

  it('does not count a 404 as a failure', async () => {
    const { url, seen } = await serve(3, (_request, response) => response.writeHead(404).end());
    const { traffic, failures } = send(url);
    await seen;
    expect(await traffic.stop()).toMatchObject({ failed: 0 });
    expect(failures()).toEqual([]);
  });

  // Only the case that is about time has little of it: a machine that stands still must not make the others late.
  it.each<[string, string, Partial<TrafficOptions>, RequestListener]>([
    ['a connection reset', 'reset', {}, (request) => void request.socket.resetAndDestroy()],
    ['no answer in time', 'timeout', { timeoutMs: 200 }, () => undefined],
    [
      'an answer broken off',
      'incomplete',
      {},
      (request, response) => {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half', () => request.socket.destroy());
      },
    ],
  ])('counts %s as failed, with status "%s"', async (_case, status, changes, onRequest) => {
    const { url, seen } = await serve(3, onRequest);
    const { traffic, failures } = send(url, changes);
    await seen;
    const totals = await traffic.stop();
    expect(totals.byStatus).toEqual({ [status]: totals.requests });
    expect(totals.failed).toBe(totals.requests);
    expect(failures().map((failure) => failure.status)).toEqual(Array(totals.requests).fill(status));
  });

  it('counts a refused connection as failed, with status "refused"', async () => {
    const { url } = await serve(0, () => undefined);
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const failed = Promise.withResolvers<undefined>();
    const traffic = startTraffic({ url, rate: 100, connections: 1, record: () => failed.resolve(undefined) });
    await failed.promise;
    const totals = await traffic.stop();
    expect(totals.byStatus).toEqual({ refused: totals.requests });
  });

  it('ends with its signal', async () => {
    const stopping = new AbortController();
    const { url, seen } = await serve(1, (_request, response) => {
      stopping.abort();
      response.end();
    });
    const { traffic } = send(url, { signal: stopping.signal, rate: 10 });
    await seen;
    expect(await traffic.stop()).toMatchObject({ requests: 1, failed: 0 });
  });
});
