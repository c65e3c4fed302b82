import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Backend } from './backends.ts';
import type { ServiceEvent } from './event.ts';
import type { Frontend } from './frontends.ts';
import { explain } from './listener.ts';
import { createProxy } from './proxy.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const at = (address: string, port: number): Frontend => ({
  address,
  port,
  service: { namespace: 'shop', name: 'web', clusterIps: [], selector: {}, ports: [] },
  servicePort: { port, nodePort: undefined, targetPort: port },
});

/** A backend that says its name, then echoes what it is sent, until the client ends. */
async function backend(name: string): Promise<Backend & { server: Server; clients: Socket[] }> {
  const clients: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (client) => {
    clients.push(client);
    client.on('error', () => undefined);
    client.write(`${name}:`);
    client.pipe(client);
  });
  server.listen(0, '127.70.0.3');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    for (const client of clients) client.destroy();
  });
  return { address: '127.70.0.3', port: (server.address() as AddressInfo).port, server, clients };
}

/** A proxy that serves one frontend; its events, as they come. */
async function proxy(backends: () => readonly Backend[], frontend = at('127.70.0.4', 18_080)) {
  const events: ServiceEvent[] = [];
  const first = Promise.withResolvers<undefined>();
  const subject = createProxy({
    backends,
    record: (event) => {
      events.push(event);
      first.resolve(undefined);
    },
  });
  const serve = (frontends: readonly Frontend[]): void => subject.serve(frontends);
  const close = (): void => subject.close();
  closing.push(close);
  serve([frontend]);
  await first.promise;
  return { serve, close, events, frontend };
}

/** Sends a word, ends, and gives all that comes back. */
async function say(word: string, { address, port }: { address: string; port: number }): Promise<string> {
  const client = connect({ host: address, port, allowHalfOpen: true });
  client.end(word);
  return text(client);
}

describe('the proxy', () => {
  it('forwards both ways to its backends in turn, and passes on the ends of both sides', async () => {
    const backends = [await backend('a'), await backend('b')];
    const { frontend } = await proxy(() => backends);
    expect([await say('1', frontend), await say('2', frontend), await say('3', frontend)]).toEqual([
      'a:1',
      'b:2',
      'a:3',
    ]);
  });

  it('resets a client when there is no backend', async () => {
    const { frontend } = await proxy(() => []);
    await expect(say('1', frontend)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('resets a client when its backend refuses', async () => {
    const gone = await backend('gone');
    gone.server.close();
    const { frontend } = await proxy(() => [gone]);
    await expect(say('1', frontend)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('resets a client when its backend breaks off', async () => {
    const failing = await backend('failing');
    const { frontend } = await proxy(() => [failing]);
    const client = connect({ host: frontend.address, port: frontend.port });
    await once(client, 'data');
    failing.clients[0]?.resetAndDestroy();
    await expect(once(client, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('closes a frontend that goes, and leaves its connections alone', async () => {
    const only = await backend('a');
    const { frontend, serve } = await proxy(() => [only]);
    const client = connect({ host: frontend.address, port: frontend.port });
    await once(client, 'data');
    serve([]);
    await expect(say('1', frontend)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    client.end('still here');
    expect(await text(client)).toBe('still here');
  });

  it('opens a frontend again that comes back', async () => {
    const only = await backend('a');
    const { frontend, serve, events } = await proxy(() => [only]);
    serve([]);
    serve([frontend]);
    await new Promise(setImmediate);
    expect(await say('1', frontend)).toBe('a:1');
    expect(events.map(({ kind }) => kind)).toEqual(['listening', 'listening']);
  });

  it('breaks off all connections when it is closed', async () => {
    const only = await backend('a');
    const { frontend, close } = await proxy(() => [only]);
    const client = connect({ host: frontend.address, port: frontend.port });
    await once(client, 'data');
    close();
    await once(client, 'close');
    await expect(say('1', frontend)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('reports a port that it cannot open, and goes on with the others', async () => {
    const only = await backend('a');
    const { frontend, serve, events } = await proxy(() => [only], at('192.0.2.1', 18_080));
    expect(events).toMatchObject([
      {
        kind: 'problem',
        message: expect.stringMatching(/^service shop\/web: cannot listen on 192.0.2.1:18080: /),
      },
    ]);
    const other = at('127.70.0.5', 18_080);
    serve([frontend, other]);
    await new Promise(setImmediate);
    expect(await say('1', other)).toBe('a:1');
  });

  it('says what to do about a port that only root may open', () => {
    const denied = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
    expect(explain(denied, 443)).toBe(
      'only root can listen on a port below 1024; give the service a higher port',
    );
  });
});
