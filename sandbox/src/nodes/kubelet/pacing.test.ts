import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { nextSync, paceSyncs } from './pacing.ts';

describe('the next sync', () => {
  it.each([
    { fact: 'runs at once when the last one was 2 s ago', now: 2000, lastSyncAt: 0, at: 2000 },
    { fact: 'runs at once when the last one was a second ago', now: 1000, lastSyncAt: 0, at: 1000 },
    { fact: 'waits 0.5 s when the last one was 0.5 s ago', now: 500, lastSyncAt: 0, at: 1000 },
    { fact: 'waits a second when the last one is now', now: 0, lastSyncAt: 0, at: 1000 },
  ])('$fact', ({ now, lastSyncAt, at }) => {
    expect(nextSync({ now, lastSyncAt })).toBe(at);
  });
});

describe('paced syncs, as measured on kubelet 1.36.3: Ready follows a gate', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /**
   * A pod whose containers were started at 0 and are ready at `containersReadyAt`, which asks for a sync, and whose
   * gate is then patched. Gives how long after the last patch Ready follows it.
   */
  async function delayOf({ containersReadyAt, patches }: { containersReadyAt: number; patches: number[] }) {
    let gate = 0;
    let seen = 0;
    let seenAt = 0;
    const syncs = paceSyncs({
      view: () => gate,
      signal: new AbortController().signal,
      sync: (view) => {
        if (view !== seen) seenAt = Date.now();
        seen = view;
        if (gate !== seen) syncs.request();
      },
    });
    setTimeout(() => syncs.request(), containersReadyAt);
    for (const at of patches) {
      setTimeout(() => {
        gate++;
        syncs.request();
      }, at);
    }
    await jest.advanceTimersByTimeAsync(60_000);
    expect(seen).toBe(patches.length);
    return seenAt - Math.max(...patches);
  }

  it.each([
    {
      when: 'at once on a pod that has been quiet for 2 s',
      containersReadyAt: 400,
      patches: [3000],
      least: 0,
      most: 5,
    },
    {
      when: 'at once, too, when it closes after 2 s',
      containersReadyAt: 400,
      patches: [3000, 5000],
      least: 0,
      most: 5,
    },
    {
      when: '0.5-1.0 s later when the pod changed 0.3 s before',
      containersReadyAt: 400,
      patches: [3000, 3300],
      least: 500,
      most: 1000,
    },
    {
      when: '1.4-1.8 s later when the patch comes the moment ContainersReady is seen',
      containersReadyAt: 350,
      patches: [365],
      least: 1400,
      most: 1800,
    },
    {
      when: '1.4-1.8 s later in that case for the slowest start, too',
      containersReadyAt: 600,
      patches: [600],
      least: 1400,
      most: 1800,
    },
  ])('$when', async ({ containersReadyAt, patches, least, most }) => {
    const delay = await delayOf({ containersReadyAt, patches });
    expect(delay).toBeGreaterThanOrEqual(least);
    expect(delay).toBeLessThanOrEqual(most);
  });

  it('not at all once the pod is being stopped', async () => {
    const stopping = new AbortController();
    const sync = jest.fn();
    const syncs = paceSyncs({ view: () => 0, sync, signal: stopping.signal });
    syncs.request();
    stopping.abort();
    syncs.request();
    await jest.advanceTimersByTimeAsync(5000);
    expect(sync).not.toHaveBeenCalled();
  });
});
