import { describe, expect, it } from '@jest/globals';
import { followSync } from './sync.ts';

describe('waiting for the caches', () => {
  it('is over at once where they have synced', async () => {
    expect(await followSync(Promise.resolve()).within(60_000)).toBe(true);
  });

  it('is over as soon as they do', async () => {
    const synced = Promise.withResolvers<undefined>();
    const waited = followSync(synced.promise).within(60_000);
    synced.resolve(undefined);
    expect(await waited).toBe(true);
  });

  it('is given up after the time allowed, and may be taken up again', async () => {
    const synced = Promise.withResolvers<undefined>();
    const sync = followSync(synced.promise);
    expect(await sync.within(5)).toBe(false);
    synced.resolve(undefined);
    expect(await sync.within(60_000)).toBe(true);
  });
});
