import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `send` at an even rate until the signal is aborted. Each call is due at an absolute time, so neither slow
 * answers nor late timers lower the rate: what a late timer has missed is sent at once. `index` counts from 0, `due` is
 * epoch milliseconds.
 */
export async function keepPace(
  ratePerSecond: number,
  signal: AbortSignal,
  send: (index: number, due: number) => void,
): Promise<void> {
  const start = Date.now();
  const dueAt = (index: number): number => start + (index * 1000) / ratePerSecond;
  for (let sent = 0; !signal.aborted;) {
    for (; dueAt(sent) <= Date.now(); sent += 1) send(sent, dueAt(sent));
    await sleep(Math.max(0, dueAt(sent) - Date.now()), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
