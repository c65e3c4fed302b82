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

/** Follows a watch to its end, whatever that is, and counts its events. */
async function follow(
  silenceMs: number,
  signal = new AbortController().signal,
): Promise<{ events: number; end: unknown }> {
  let events = 0;
  try {
    for await (const event of watchFrom({ client, path: '/things', query: {}, signal }, '1', silenceMs)) {
      if (event.type) events++;
    }
    return { events, end: undefined };
  } catch (end) {
    return { events, end };
  }
}

describe('a watch', () => {
  it('that falls silent is given up', async () => {
    server.put('a');
    const { events, end } = await follow(50);
    expect(events).toBe(1);
    expect(end).toMatchObject({
      name: 'KubeUnreachable',
      message: expect.stringMatching(/silent for 0\.05 s/),
    });
    await until('its connection is closed', () => server.watches === 0);
  });

  it('that brings an event now and then is not given up', async () => {
    const followed = follow(200);
    await until('the watch is open', () => server.watches === 1);
    const beat = setInterval(() => server.bookmark(), 20);
    setTimeout(() => server.drop('in order'), 500);
    const { events, end } = await followed;
    clearInterval(beat);
    expect(end).toBeUndefined();
    expect(events).toBeGreaterThan(5);
  });

  it('that ends with an ERROR event throws what it says', async () => {
    server.expire();
    expect(await follow(1000)).toMatchObject({
      events: 0,
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
