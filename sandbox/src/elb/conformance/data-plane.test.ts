import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, deadPort, hang, reset, type App } from './app.ts';
import { openBench, type Bench } from './bench.ts';

/** What the client sees: the status, and what the load balancer says about it. */
async function get(url: string): Promise<{ status: number; target: string | null; failure: string | null }> {
  const response = await fetch(url);
  await response.arrayBuffer();
  const { status, headers } = response;
  return { status, target: headers.get('x-sandbox-target'), failure: headers.get('x-sandbox-failure') };
}

/** A load balancer in front of healthy apps. */
async function serve(
  bench: Bench,
  apps: readonly App[],
): Promise<{ url: string; group: string; balancerArn: string }> {
  const group = await bench.group('web');
  const { url, balancerArn } = await bench.expose(group);
  await bench.register(group, ...apps.map((app) => app.port));
  await Promise.all(apps.map((app) => bench.reached(app.port, 'healthy')));
  return { url, group, balancerArn };
}

/** Answers once the test says so; `arrived` resolves when the request is there. */
function gate(): { onRequest: RequestListener; arrived: Promise<void>; open: () => void } {
  const arrived = Promise.withResolvers<undefined>();
  const opened = Promise.withResolvers<undefined>();
  const onRequest: RequestListener = (_request, response) => {
    arrived.resolve(undefined);
    void opened.promise.then(() => response.end('late'));
  };
  return { onRequest, arrived: arrived.promise, open: () => opened.resolve(undefined) };
}

describe('the data plane', () => {
  it.concurrent('sends requests to the healthy targets in turn, over connections that are kept', async () => {
    await using bench = await openBench();
    const apps = [await bench.app(), await bench.app()];
    const { url } = await serve(bench, apps);
    const before = apps.map((app) => app.seen.connections - app.seen.checks);
    for (let index = 0; index < 6; index += 1)
      expect(await get(url)).toMatchObject({ status: 200, failure: null });
    expect(apps.map((app) => app.seen.requests)).toEqual([3, 3]);
    expect(apps.map((app, index) => app.seen.connections - app.seen.checks - (before[index] ?? 0))).toEqual([
      1, 1,
    ]);
  });

  it.concurrent('keeps a connection although the target says that it will soon close it', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const { url } = await serve(bench, [app]);
    app.onRequest = (_request, response) => response.writeHead(200, { 'keep-alive': 'timeout=1' }).end();
    const before = app.seen.connections - app.seen.checks;
    for (let index = 0; index < 3; index += 1) expect(await get(url)).toMatchObject({ status: 200 });
    expect(app.seen.connections - app.seen.checks - before).toBe(1);
  });

  it.concurrent('passes method, path, body and headers on, and says which target was chosen', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const { url } = await serve(bench, [app]);
    app.onRequest = (request, response) => {
      response.writeHead(201, { 'x-echo': `${request.method ?? ''} ${request.url ?? ''}` });
      response.write(String(request.headers['x-forwarded-for']));
      request.pipe(response);
    };
    const response = await fetch(`${url}path?query=1`, { method: 'POST', body: ' body' });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-echo')).toBe('POST /path?query=1');
    expect(response.headers.get('x-sandbox-target')).toBe(`127.0.0.1:${app.port}`);
    expect(await response.text()).toBe('127.0.0.1 body');
  });

  it.concurrent('answers 503 when no target is registered', async () => {
    await using bench = await openBench();
    const { url } = await bench.expose(await bench.group('web'));
    expect(await get(url)).toEqual({ status: 503, target: null, failure: 'no-targets' });
  });

  it.concurrent('answers 503 while the only target is still in registration', async () => {
    await using bench = await openBench({ registrationMs: 60_000 });
    const app = await bench.app();
    const group = await bench.group('web');
    const { url } = await bench.expose(group);
    await bench.register(group, app.port);
    expect(await get(url)).toEqual({ status: 503, target: null, failure: 'no-targets' });
  });

  it.concurrent('fails open: with all targets unhealthy all of them get requests', async () => {
    await using bench = await openBench();
    const apps = [await bench.app(), await bench.app()];
    for (const app of apps) app.onCheck = answer(503);
    const group = await bench.group('web');
    const { url } = await bench.expose(group);
    await bench.register(group, ...apps.map((app) => app.port));
    await Promise.all(apps.map((app) => bench.reached(app.port, 'unhealthy')));
    for (let index = 0; index < 4; index += 1) expect(await get(url)).toMatchObject({ status: 200 });
    expect(apps.map((app) => app.seen.requests)).toEqual([2, 2]);
  });

  it.concurrent('answers 502 when the target refuses the connection', async () => {
    await using bench = await openBench();
    const port = await deadPort();
    const group = await bench.group('web');
    const { url } = await bench.expose(group);
    await bench.register(group, port);
    await bench.reached(port, 'initial', 'Elb.InitialHealthChecking');
    expect(await get(url)).toEqual({ status: 502, target: `127.0.0.1:${port}`, failure: 'connect-refused' });
  });

  it.concurrent('answers 502 when the target resets a kept connection, and does not try again', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const { url } = await serve(bench, [app]);
    expect(await get(url)).toMatchObject({ status: 200 });
    app.onRequest = reset;
    const connections = app.seen.connections - app.seen.checks;
    expect(await get(url)).toEqual({ status: 502, target: `127.0.0.1:${app.port}`, failure: 'reset' });
    expect(app.seen.requests).toBe(2);
    expect(app.seen.connections - app.seen.checks).toBe(connections);
  });

  it.concurrent(
    "breaks the client's connection when the target breaks off in the middle of its answer",
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      const { url } = await serve(bench, [app]);
      app.onRequest = (request, response) => {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half', () => request.socket.destroy());
      };
      await expect(get(url)).rejects.toThrow();
    },
  );

  it.concurrent(
    'answers 504 when the target says nothing for the idle timeout, and then closes idle connections',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      const { url, balancerArn: LoadBalancerArn } = await serve(bench, [app]);
      const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }];
      await bench.sdk.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
      let closed: Promise<unknown> = Promise.reject(new Error('no request came'));
      closed.catch(() => undefined);
      app.onRequest = (request, response) => {
        closed = once(request.socket, 'close');
        response.end();
      };
      expect(await get(url)).toMatchObject({ status: 200 });
      await closed;
      app.onRequest = hang;
      expect(await get(url)).toEqual({ status: 504, target: `127.0.0.1:${app.port}`, failure: 'timeout' });
    },
  );

  it.concurrent(
    'still sends new requests to a deregistered target for the routing lag, and none after it',
    async () => {
      await using bench = await openBench({ routingLagMs: 3000 });
      const [leaving, staying] = [await bench.app(), await bench.app()];
      const { url, group } = await serve(bench, [leaving, staying]);
      await bench.deregister(group, leaving.port);
      const lagEnds = Date.now() + 3000;
      for (let index = 0; index < 4; index += 1) await get(url);
      expect(Date.now()).toBeLessThan(lagEnds);
      expect(leaving.seen.requests).toBe(2);
      await sleep(lagEnds - Date.now());
      for (let index = 0; index < 4; index += 1) await get(url);
      expect([leaving.seen.requests, staying.seen.requests]).toEqual([2, 6]);
    },
  );

  it.concurrent('lets a request in flight complete on a draining target', async () => {
    await using bench = await openBench({ routingLagMs: 0 });
    const app = await bench.app();
    const { url, group } = await serve(bench, [app]);
    const { onRequest, arrived, open } = gate();
    app.onRequest = onRequest;
    const request = get(url);
    await arrived;
    await bench.deregister(group, app.port);
    expect(await get(url)).toMatchObject({ status: 503, failure: 'no-targets' });
    open();
    expect(await request).toMatchObject({ status: 200 });
  });

  it.concurrent('breaks a request in flight off when the deregistration delay is over', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const { url, group } = await serve(bench, [app]);
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '1' }];
    await bench.sdk.modifyTargetGroupAttributes({ TargetGroupArn: group, Attributes });
    const { onRequest, arrived } = gate();
    app.onRequest = onRequest;
    const request = get(url);
    await arrived;
    await bench.deregister(group, app.port);
    expect(await request).toEqual({ status: 502, target: `127.0.0.1:${app.port}`, failure: 'drain-over' });
    await bench.reached(app.port, 'gone');
  });
});
