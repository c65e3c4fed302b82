import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { testPod } from '../../test-pod.ts';
import type { RunningContainer } from '../runtime.ts';
import { appRuntime } from './run-app.ts';

const address = '127.70.0.1';
const running: RunningContainer[] = [];
const agents: Agent[] = [];

afterEach(async () => {
  for (const app of running.splice(0)) {
    app.kill();
    await app.ended;
  }
  for (const agent of agents.splice(0)) agent.destroy();
});

/** Starts an app on two ports with an environment. */
async function start(env: Record<string, string> = {}): Promise<RunningContainer> {
  const ports = [{ containerPort: 8080 }, { containerPort: 8081 }];
  const entries = Object.entries(env).map(([name, value]) => ({ name, value }));
  const pod = testPod({ spec: { containers: [{ name: 'web', image: 'sandbox/app', ports, env: entries }] } });
  const [container] = pod.containers;
  if (container === undefined) throw new Error('the pod has no container');
  const place = { address, hostAddress: '127.32.0.1' };
  const app = await appRuntime({ pod, container, place, podEnded: new AbortController().signal });
  running.push(app);
  await new Promise(setImmediate);
  return app;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly connection: string | undefined;
}

function ask(
  path: string,
  { port = 8080, agent = false }: { port?: number; agent?: Agent | false } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get({ host: address, port, path, agent }, (response) => {
      const { statusCode: status, headers } = response;
      text(response).then((body) => resolve({ status, body, connection: headers.connection }), reject);
    }).on('error', reject);
  });
}

function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true });
  agents.push(agent);
  return agent;
}

describe('an app', () => {
  it("answers with its pod's name on each of its ports", async () => {
    await start();
    expect(await ask('/')).toMatchObject({ status: 200, body: 'web-1\n' });
    expect(await ask('/any', { port: 8081 })).toMatchObject({ status: 200, body: 'web-1\n' });
  });

  it('is healthy, or not, as it is told', async () => {
    const app = await start();
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    app.kill();
    await start({ UNHEALTHY: '1' });
    expect(await ask('/healthz')).toMatchObject({ status: 503 });
    expect(await ask('/')).toMatchObject({ status: 200 });
  });

  it('takes SLOW_MS for /slow, and for nothing else', async () => {
    await start({ SLOW_MS: '2000' });
    const late = performance.now() + 1_995;
    const slow = ask('/slow').then(() => performance.now());
    await ask('/');
    expect(performance.now()).toBeLessThan(late);
    expect(await slow).toBeGreaterThan(late);
  });

  it('does not listen before START_MS', async () => {
    await start({ START_MS: '60000' });
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('crashes after FAIL_AFTER_MS', async () => {
    const app = await start({ FAIL_AFTER_MS: '20' });
    expect(await app.ended).toMatchObject({ code: 1, reason: 'Error' });
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('breaks off a request in flight when it ends abruptly, as it does unless told otherwise', async () => {
    const app = await start({ RESPONSE_MS: '60000' });
    const answer = ask('/');
    const lost = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    await ask('/healthz');
    app.terminate();
    expect(await app.ended).toMatchObject({ code: 143 });
    await lost;
  });

  it('finishes a request in flight when it ends gracefully, and takes no more on that connection', async () => {
    const app = await start({ RESPONSE_MS: '100', SHUTDOWN: 'graceful' });
    const answer = ask('/', { agent: keepAlive() });
    await ask('/healthz', { agent: keepAlive() });
    app.terminate();
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await answer).toEqual({ status: 200, body: 'web-1\n', connection: 'close' });
    expect(await app.ended).toMatchObject({ code: 0, reason: 'Completed' });
  });

  it('closes idle keep-alive connections when it ends gracefully', async () => {
    const app = await start({ SHUTDOWN: 'graceful', KEEP_ALIVE_MS: '60000' });
    const agent = keepAlive();
    await ask('/', { agent });
    app.terminate();
    expect(await app.ended).toMatchObject({ code: 0 });
  });

  it('ends when its address is taken, and says so', async () => {
    await start();
    const second = await start();
    expect(await second.ended).toMatchObject({ code: 1, message: expect.stringContaining('EADDRINUSE') });
  });

  it.each([{ START_MS: 'soon' }, { SHUTDOWN: 'maybe' }])('does not start with %j', async (env) => {
    await expect(async () => start(env)).rejects.toThrow(Object.keys(env)[0]);
  });
});
