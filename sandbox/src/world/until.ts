import { setTimeout as sleep } from 'node:timers/promises';

/** What a probe found: it is so, or what it saw instead. */
export type Seen<T> = { readonly done: T } | { readonly still: string };

/** How long to wait, and how often to look, in milliseconds. */
export interface Patience {
  /** Default: 30 s. */
  readonly timeoutMs?: number;
  /** Default: 100 ms. */
  readonly everyMs?: number;
}

/**
 * Looks again and again until it is so; a probe that throws has seen its error.
 *
 * @throws Error when the time is over, with what was seen last; the signal's reason when that is aborted.
 */
export async function until<T>(
  description: string,
  probe: () => Promise<Seen<T>>,
  { timeoutMs = 30_000, everyMs = 100, signal }: Patience & { readonly signal: AbortSignal },
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const seen = await probe().catch((error: unknown) => ({ still: String(error) }));
    if ('done' in seen) return seen.done;
    if (Date.now() >= end) {
      throw new Error(`waited ${timeoutMs / 1000} s in vain until ${description}; last seen: ${seen.still}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
