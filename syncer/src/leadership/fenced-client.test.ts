import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeClient, KubeRequest } from '@targetgate/shared/kube';
import { createFakeClock } from '../sync/fixtures/clock.ts';
import { createFence, type FenceKeeper } from './fence.ts';
import { behindFence } from './fenced-client.ts';

const clock = createFakeClock(1);
let fence: FenceKeeper;
/** What the client was asked to send. */
let asked: KubeRequest[];
/** What it sent: it prepares for a moment, as a real one reads its token. */
let sent: KubeRequest[];
let fenced: KubeClient;

beforeEach(() => {
  fence = createFence(clock, () => undefined);
  asked = [];
  sent = [];
  const client: KubeClient = {
    request: async <T>(request: KubeRequest) => {
      asked.push(request);
      await Promise.resolve();
      request.beforeSend?.();
      sent.push(request);
      return undefined as T;
    },
    lines: () => {
      throw new Error('nothing is watched here');
    },
    close: () => Promise.resolve(),
  };
  fenced = behindFence(client, fence);
});

const write = (signal?: AbortSignal): Promise<unknown> =>
  fenced.request({ method: 'PATCH', path: '/things/a', body: {}, ...(signal && { signal }) });

describe('the API server behind a fence', () => {
  it('may be read by everybody', async () => {
    await fenced.request({ method: 'GET', path: '/things' });
    expect(sent).toHaveLength(1);
  });

  it('is not written to while the fence is closed', async () => {
    await expect(write()).rejects.toThrow('does not lead');
    expect(asked).toEqual([]);
  });

  it('is not written to where the fence falls while the call is prepared', async () => {
    fence.openUntil(clock.now() + 1_000);
    const writing = write();
    fence.close();
    await expect(writing).rejects.toThrow('does not lead');
    expect([asked.length, sent.length]).toEqual([1, 0]);
  });

  it('is not waited for any more when the fence falls, by those who read neither', async () => {
    fence.openUntil(clock.now() + 1_000);
    const caller = new AbortController();
    const read = fenced.request({ method: 'GET', path: '/things' });
    await Promise.all([write(), write(caller.signal), read]);
    expect(sent.map(({ signal }) => signal?.aborted)).toEqual([false, false, false]);
    fence.close();
    expect(sent.map(({ signal }) => signal?.aborted)).toEqual([true, true, true]);
  });
});
