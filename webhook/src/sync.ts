import { setTimeout as sleep } from 'node:timers/promises';

/** Whether caches hold their first whole list. Once they do, they always will. */
export interface Sync {
  /** Waits for it, but no longer than this; gives whether they do. */
  within(milliseconds: number): Promise<boolean>;
}

/** Follows a promise that settles when all caches have synced. */
export function followSync(synced: Promise<unknown>): Sync {
  let done = false;
  const noticed = synced.then(() => {
    done = true;
  });
  return {
    within: async (milliseconds) => {
      if (done) return true;
      const waiting = new AbortController();
      const late = sleep(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined);
      await Promise.race([noticed, late]);
      waiting.abort();
      return done;
    },
  };
}
