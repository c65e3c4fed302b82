import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectContainer, type Container } from '../pod/container.ts';
import type { Probe } from '../pod/probe.ts';
import { keepProbing } from './probing.ts';

const address = '127.70.0.2';
/** What each path answers; a path that is not here is never answered. */
const answers = new Map<string, number>();
const asked: string[] = [];
let server: Server;
let ended: AbortController;
let stopping: AbortController;
let probing: Promise<void> | undefined;
const told: string[] = [];
let onTold = (): void => undefined;

beforeEach(async () => {
  ended = new AbortController();
  stopping = new AbortController();
  answers.clear();
  told.length = 0;
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const status = answers.get(request.url ?? '');
    if (status !== undefined) response.writeHead(status).end();
  });
  server.listen(0, address);
  await once(server, 'listening');
});

afterEach(async () => {
  ended.abort();
  await probing;
  server.closeAllConnections();
  server.close();
});

const probe = (path: string): Probe => ({
  scheme: 'http',
  path,
  port: (server.address() as AddressInfo).port,
  delayMs: 0,
  periodMs: 20,
  timeoutMs: 1000,
  failures: 2,
  passes: 1,
});

function start(probes: Partial<Pick<Container, 'startup' | 'readiness' | 'liveness'>>): void {
  const tell = (word: string): void => {
    told.push(word);
    onTold();
  };
  const container = { ...projectContainer({ name: 'web' }), ...probes };
  const signals = { ended: ended.signal, stopping: stopping.signal };
  probing = keepProbing(container, address, signals, {
    started: () => tell('started'),
    ready: (isReady) => tell(isReady ? 'ready' : 'not ready'),
    unwell: () => tell('unwell'),
  });
}

/** Waits until so many words have been told. */
function hears(count: number): Promise<void> {
  return new Promise((resolve) => {
    onTold = () => {
      if (told.length >= count) resolve();
    };
    onTold();
  });
}

describe('the probes of a container', () => {
  it('say at once that it has started, where it has none', () => {
    start({});
    expect(told).toEqual(['started']);
  });

  it('follow its readiness', async () => {
    start({ readiness: probe('/ready') });
    answers.set('/ready', 200);
    await hears(2);
    answers.set('/ready', 503);
    await hears(3);
    answers.set('/ready', 399);
    await hears(4);
    expect(told).toEqual(['started', 'ready', 'not ready', 'ready']);
  });

  it('ask for nothing else before its startup probe has passed', async () => {
    answers.set('/startup', 200).set('/ready', 200);
    start({ startup: probe('/startup'), readiness: probe('/ready') });
    await hears(2);
    expect(told).toEqual(['started', 'ready']);
    expect(asked.slice(0, 2)).toEqual(['/startup', '/ready']);
  });

  it.each(['startup', 'liveness'] as const)('say that it is unwell when its %s probe fails', async (kind) => {
    answers.set('/probe', 500);
    start({ [kind]: probe('/probe') });
    await hears(kind === 'startup' ? 1 : 2);
    expect(told.at(-1)).toBe('unwell');
  });

  it('count an answer that does not come in time as a failure', async () => {
    start({ liveness: { ...probe('/silent'), timeoutMs: 30 } });
    await hears(2);
    expect(told).toEqual(['started', 'unwell']);
  });

  it('go on with readiness, and only that, while it is being stopped', async () => {
    answers.set('/ready', 200).set('/live', 200);
    start({ readiness: probe('/ready'), liveness: probe('/live') });
    await hears(2);
    stopping.abort();
    answers.set('/ready', 500).set('/live', 500);
    await hears(3);
    answers.set('/ready', 200);
    await hears(4);
    expect(told).toEqual(['started', 'ready', 'not ready', 'ready']);
  });
});
