import { once } from 'node:events';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dnsNamesOf, issueAuthority, issueServing } from '@targetgate/certs';
import { useIdentity } from '../certificates/use-identity.ts';
import { createServer, review } from './fixtures.ts';
import { listen } from './listen.ts';
import { checkRequestsEveryMs, limits, type Limits } from './limits.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const host = '127.0.0.1';
const now = Date.now();
const lifeMs = 600_000;
const authority = await issueAuthority(now, lifeMs);
const serving = await issueServing({ authority, dnsNames: dnsNamesOf('webhook', 'test'), now, lifeMs });

type App = ReturnType<typeof createServer>['app'];
let app: App;
let port: number;
let requests: () => Promise<Record<string, number>>;
const clients = new Set<Socket>();

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients.clear();
  await app.close();
});

async function start(shorter: Partial<Limits> = {}): Promise<void> {
  ({ app, requests } = createServer({ limits: shorter }));
  useIdentity(app.server, serving);
  port = await listen(app, { host, port: 0, linger: () => Promise.resolve() });
}

/** A client, and all that it was told so far. */
interface Client {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly closed: Promise<unknown>;
}

function follow(socket: Socket): Client {
  clients.add(socket);
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  socket.on('error', () => undefined);
  return { socket, heard: () => heard, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

async function overTls(): Promise<Client> {
  const socket = connect({ host, port, ca: authority.certificate, servername: 'webhook.test.svc' });
  const client = follow(socket);
  await once(socket, 'secureConnect');
  return client;
}

async function overTcp(): Promise<Client> {
  const socket = connectSocket({ host, port });
  const client = follow(socket);
  await once(socket, 'connect');
  return client;
}

const head = (...lines: string[]): string =>
  ['POST /mutate-v1-pod HTTP/1.1', 'host: x', 'content-type: application/json', ...lines, '', ''].join(
    '\r\n',
  );
const body = review();
const good = head(`content-length: ${body.length}`) + body;

/** Waits for the answer to a good request: the gate. */
async function answered({ socket, heard }: Client): Promise<void> {
  while (!heard().includes('"patch"')) await once(socket, 'data');
}

/** A good request over a connection of its own is answered with the gate. */
async function expectService(): Promise<void> {
  const client = await overTls();
  client.socket.write(good);
  await answered(client);
  client.socket.destroy();
}

const megabyte = `100000\r\n${'x'.repeat(1 << 20)}\r\n`;

describe('a client that sends', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a length and chunks', head('content-length: 5', 'transfer-encoding: chunked') + 'hello', 400],
    ['two lengths', head('content-length: 5', 'content-length: 6') + 'hello', 400],
    ['a negative length', head('content-length: -1'), 400],
    ['chunks that are none', `${head('transfer-encoding: chunked')}zz\r\n`, 400],
    ['more than its length says', head(`content-length: ${body.length - 10}`) + body, 400],
    ['headers of 20 kB', head(`x: ${'y'.repeat(20_000)}`), 431],
    ['10,000 headers', head(...Array.from({ length: 10_000 }, (_, n) => `x${n}: y`)), 431],
    ['a length beyond the limit', head('content-length: 99999999999'), 413],
    ['8 MiB in chunks', head('transfer-encoding: chunked') + megabyte.repeat(8), 413],
  ])('%s is told so, without a word of the inside, and let go', async (_, text, status) => {
    await start();
    const { socket, heard, closed } = await overTls();
    socket.write(text);
    await closed;
    expect(heard()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard()).not.toMatch(/node:|\.ts|\.js|\bat /);
    await expectService();
  });

  it('the right thing in chunks of a byte is answered', async () => {
    await start();
    const client = await overTls();
    const chunks = Array.from(body)
      .map((byte) => `1\r\n${byte}\r\n`)
      .join('');
    client.socket.write(`${head('transfer-encoding: chunked')}${chunks}0\r\n\r\n`);
    await answered(client);
  });

  it('no TLS is let go', async () => {
    await start();
    const { socket, closed } = await overTcp();
    socket.write(good);
    await closed;
    const other = await overTcp();
    other.socket.write(Buffer.from('160301ffff0100fffc0303deadbeef', 'hex'));
    other.socket.end();
    await other.closed;
    await expectService();
  });
});

describe('a client that takes its time', () => {
  it('is let go when its request has taken as long as it may, while others are served', async () => {
    await start({ requestMs: 500, handshakeMs: 500 });
    const began = performance.now();
    const [silent, headers, dripping, halfway, strange] = [
      await overTls(),
      await overTls(),
      await overTls(),
      await overTls(),
      await overTcp(),
    ];
    headers.socket.write('POST /mutate-v1-pod HTTP/1.1\r\nhost: x\r\n');
    dripping.socket.write(head('content-length: 1000'));
    halfway.socket.write(head(`content-length: ${body.length + 1}`) + body);
    const drops = setInterval(() => {
      headers.socket.write('x: y\r\n');
      dripping.socket.write(' ');
    }, 20);
    await expectService();
    const all = [silent, headers, dripping, halfway, strange];
    await Promise.all(all.map(({ closed }) => closed));
    clearInterval(drops);
    // The time it may take, as long again until the server looks, and a slow machine.
    expect(performance.now() - began).toBeLessThan(10_000);
    for (const { heard } of [silent, headers, dripping, halfway])
      expect(heard()).toMatch(/^HTTP\/1.1 408 Request Timeout/);
    expect(strange.heard()).toBe('');
    await expectService();
  });

  it('may take 30 s for a request, which is looked at each second, and 10 s for a handshake', async () => {
    await start();
    expect(app.server.requestTimeout).toBe(30_000);
    expect(app.server.headersTimeout).toBe(30_000);
    expect(checkRequestsEveryMs).toBe(1_000);
    expect(limits.handshakeMs).toBe(10_000);
    expect(limits.connections).toBe(1_000);
  });
});

describe('many clients', () => {
  it('beyond as many connections as there may be are let go, and the others are served', async () => {
    await start({ connections: 3 });
    const served = [await overTls(), await overTls(), await overTls()];
    const late = await overTcp();
    await late.closed;
    for (const client of served) {
      client.socket.write(good);
      await answered(client);
    }
    served[0]?.socket.destroy();
    while (connectionsLeft() === 3) await setImmediate();
    await expectService();
  });

  it('that break off in mid-body, or send too much, leave nothing behind', async () => {
    await start();
    const breakOff = async (): Promise<void> => {
      const { socket, closed } = await overTls();
      socket.write(head('content-length: 1000000') + 'x'.repeat(100_000));
      socket.destroy();
      await closed;
    };
    const sendTooMuch = async (): Promise<void> => {
      const { socket, closed } = await overTls();
      socket.write(head('transfer-encoding: chunked') + megabyte.repeat(8));
      await closed;
    };
    const round = (): Promise<unknown> => Promise.all([breakOff(), breakOff(), breakOff(), sendTooMuch()]);
    const used = async (rounds: number): Promise<number> => {
      for (let n = 0; n < rounds; n++) await round();
      while (connectionsLeft() > 0) await setImmediate();
      clients.clear();
      return leastMemory();
    };
    const before = await used(3);
    // Ten rounds bring 80 MiB.
    expect((await used(10)) - before).toBeLessThan(8 << 20);
    expect(await requests()).toEqual({ malformed: expect.any(Number) });
    await expectService();
  });
});

/** What is in use, in bytes. Garbage is collected by threads of V8's too, which may be late: what is left over stays. */
async function leastMemory(): Promise<number> {
  const found: number[] = [];
  while (found.length < 20) {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    found.push(heapUsed + arrayBuffers);
    await sleep(50);
  }
  return Math.min(...found);
}

/** The server's connections, as Node counts them. */
const connectionsLeft = (): number => (app.server as unknown as { _connections: number })._connections;
