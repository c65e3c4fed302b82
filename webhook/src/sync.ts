import { setTimeout as sleep } from 'node:timers/promises';

/** Whether caches hold their first whole list. Once they do, they always will. */
export interface Sync {
  /** Waits for it, but not for long; gives whether they do. */
  soon(): Promise<boolean>;
  /** Whether they do now. */
  isDone(): boolean;
}

/** How long an object waits for the first lists: most starts take less, and webhook configurations allow 5 s or more. */
const patienceMs = 2_000;

/** Follows a promise that settles when all caches have synced. `patience`: for how long a caller waits, in milliseconds. */
export function followSync(synced: Promise<unknown>, patience = patienceMs): Sync {
  let done = false;
  const noticed = synced.then(() => {
    done = true;
  });
  return {
    isDone: () => done,
    soon: async () => {
      if (done) return true;
      const waiting = new AbortController();
      const late = sleep(patience, undefined, { signal: waiting.signal }).catch(() => undefined);
      await Promise.race([noticed, late]);
      waiting.abort();
      return done;
    },
  };
}
