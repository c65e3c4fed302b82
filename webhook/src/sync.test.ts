import { describe, expect, it } from '@jest/globals';
import { followSync } from './sync.ts';

describe('waiting for the caches', () => {
  it('is over at once where they have synced', async () => {
    expect(await followSync(Promise.resolve(), 60_000).soon()).toBe(true);
  });

  it('is over as soon as they do', async () => {
    const synced = Promise.withResolvers<undefined>();
    const waited = followSync(synced.promise, 60_000).soon();
    synced.resolve(undefined);
    expect(await waited).toBe(true);
  });

  it('is given up after the time allowed, and may be taken up again', async () => {
    const synced = Promise.withResolvers<undefined>();
    const sync = followSync(synced.promise, 5);
    expect(await sync.soon()).toBe(false);
    synced.resolve(undefined);
    expect(await sync.soon()).toBe(true);
  });
});
