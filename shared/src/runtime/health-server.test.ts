import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHealthServer, type HealthServer } from './health-server.ts';
import { createMetricsRegistry, Counter, type Registry } from './metrics.ts';

let notReady: string | undefined;
let registry: Registry;
let server: HealthServer;

beforeEach(async () => {
  notReady = undefined;
  registry = createMetricsRegistry();
  const pages = { '/': () => ({ type: 'text/html', body: `<p>${notReady ?? 'ready'}</p>` }) };
  server = await startHealthServer({ host: '127.0.0.1', port: 0, registry, notReady: () => notReady, pages });
});
afterEach(() => server.close());

async function get(path: string): Promise<{ status: number; type: string | null; body: string }> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

describe('/readyz', () => {
  it('is 200 for a program that is ready', async () => {
    expect(await get('/readyz')).toMatchObject({ status: 200, body: 'ok\n' });
  });

  it('is 503 with the reason for one that is not, and follows it', async () => {
    notReady = 'pods have not been listed';
    expect(await get('/readyz')).toMatchObject({ status: 503, body: 'pods have not been listed\n' });
    notReady = undefined;
    expect(await get('/readyz?verbose')).toMatchObject({ status: 200 });
  });
});

describe('/healthz', () => {
  it('is 200 even for a program that is not ready', async () => {
    notReady = 'pods have not been listed';
    expect(await get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  });
});

describe('/metrics', () => {
  it("has the program's metrics and the process's own, in the text format", async () => {
    new Counter({ name: 'doors_opened_total', help: 'Doors opened.', registers: [registry] }).inc(3);
    const { status, type, body } = await get('/metrics');
    expect([status, type]).toEqual([200, registry.contentType]);
    expect(body).toContain('\ndoors_opened_total 3\n');
    expect(body).toContain('process_resident_memory_bytes');
  });

  it('is 500 when a metric cannot be collected, and the server goes on', async () => {
    const collect = (): void => {
      throw new Error('no such sensor');
    };
    new Counter({ name: 'broken_total', help: 'Broken.', registers: [registry], collect });
    expect(await get('/metrics')).toMatchObject({ status: 500, body: 'Error: no such sensor\n' });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
  });
});

describe('any other path', () => {
  it("is the program's own page, made anew each time", async () => {
    expect(await get('/')).toEqual({ status: 200, type: 'text/html', body: '<p>ready</p>' });
    notReady = 'later';
    expect(await get('/')).toMatchObject({ body: '<p>later</p>' });
  });

  it('is 404 where there is no page', async () => {
    expect(await get('/nothing')).toMatchObject({ status: 404, body: 'not found\n' });
  });
});

describe('the health server', () => {
  it('cannot be started on a port that is taken', async () => {
    const second = startHealthServer({
      host: '127.0.0.1',
      port: server.port,
      registry,
      notReady: () => undefined,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes at once, idle connections included', async () => {
    const idle = connect(server.port, '127.0.0.1');
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await new Promise((resolve) => idle.once('connect', resolve));
    await get('/healthz');
    await server.close();
    await closed;
    await expect(get('/healthz')).rejects.toThrow();
  });
});
