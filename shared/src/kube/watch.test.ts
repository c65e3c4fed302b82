import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeApiServer, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { until } from '../fixtures/until.ts';
import { connect, type KubeClient } from './client.ts';
import { watchFrom } from './watch.ts';

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

/** Follows a watch to its end, whatever that is, and collects the types of its events. */
async function follow(
  silenceMs: number,
  signal = new AbortController().signal,
): Promise<{ events: string[]; end: unknown }> {
  const events: string[] = [];
  try {
    const selection = { client, path: '/things', query: {}, signal };
    for await (const { type } of watchFrom(selection, '1', silenceMs)) events.push(type);
    return { events, end: undefined };
  } catch (end) {
    return { events, end };
  }
}

describe('a watch', () => {
  it('gives the event loop back again and again while a burst of events is worked on', async () => {
    for (let n = 0; n < 50; n++) server.put(`thing-${n}`);
    const selection = { client, path: '/things', query: {}, signal: new AbortController().signal };
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    let events = 0;
    for await (const { type } of watchFrom(selection, '1')) {
      expect(type).toBe('ADDED');
      // As long as it takes to work on an event on a slow machine.
      for (const end = performance.now() + 5; performance.now() < end;);
      if (++events === 50) break;
    }
    clearInterval(counting);
    // 250 ms of work in slices of 10, or of a chunk of what the network brings.
    expect(turns).toBeGreaterThanOrEqual(12);
  });

  it('that falls silent ends, as one that the server ends', async () => {
    server.put('a');
    const { events, end } = await follow(300);
    expect(events).toEqual(['ADDED']);
    expect(end).toBeUndefined();
    await until('its connection is closed', () => server.watches === 0);
  });

  it('that brings an event now and then is not given up', async () => {
    const followed = follow(1000);
    await until('the watch is open', () => server.watches === 1);
    const beat = setInterval(() => server.bookmark(), 50);
    setTimeout(() => server.drop('in order'), 1500);
    const { events, end } = await followed;
    clearInterval(beat);
    expect(end).toBeUndefined();
    expect(events.length).toBeGreaterThan(5);
  });

  it('that ends with an ERROR event throws what it says', async () => {
    server.expire();
    expect(await follow(1000)).toMatchObject({
      events: [],
      end: { name: 'KubeError', status: 410, reason: 'Expired' },
    });
  });

  it('ends with its signal', async () => {
    const stopping = new AbortController();
    const followed = follow(10_000, stopping.signal);
    await until('the watch is open', () => server.watches === 1);
    stopping.abort();
    await followed;
    await until('its connection is closed', () => server.watches === 0);
  });
});
