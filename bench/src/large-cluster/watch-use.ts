import { setTimeout as sleep } from 'node:timers/promises';
import { useOf, type ProcessUse } from '@targetgate/sandbox/measure';

/** What a process has used, as of the last look. */
export interface UseWatch {
  /** Since it began. */
  cpuSeconds(): number;
  /** The most that was seen. */
  rssMiB(): number;
  stop(): Promise<void>;
}

const everyMs = 200;

/** Looks at a process again and again. */
export function watchUse(pid: number, signal: AbortSignal): UseWatch {
  const stopping = new AbortController();
  const over = AbortSignal.any([stopping.signal, signal]);
  let last: ProcessUse = { cpuSeconds: 0, rssMiB: 0 };
  let rssMiB = 0;

  async function look(): Promise<void> {
    last = (await useOf(pid)) ?? last;
    rssMiB = Math.max(rssMiB, last.rssMiB);
  }
  async function watch(): Promise<void> {
    while (!over.aborted) {
      await look();
      await sleep(everyMs, undefined, { signal: over }).catch(() => undefined);
    }
    await look();
  }

  const watching = watch();
  return {
    cpuSeconds: () => last.cpuSeconds,
    rssMiB: () => rssMiB,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
