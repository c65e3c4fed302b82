import { setImmediate as settle } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createJointReads, keptMs } from './joint-reads.ts';

const patienceMs = 2_400;
const patient = new AbortController().signal;

/** Joint reads of an API server that answers when it is told to; each answer is the number of its reading. */
function start() {
  let now = 10_000;
  const timers: { readonly time: number; readonly callback: () => void }[] = [];
  const readings: { resolve: () => void; reject: (error: Error) => void; signal: AbortSignal }[] = [];
  const ask = createJointReads({
    read: (_, signal) =>
      new Promise<number>((resolve, reject) => {
        const number = readings.length + 1;
        readings.push({ resolve: () => resolve(number), reject, signal });
      }),
    clock: {
      now: () => now,
      at: (time, callback) => {
        timers.push({ time, callback });
        return () => undefined;
      },
    },
    patienceMs,
  });
  return {
    readings,
    now: () => now,
    ask: (key: string, since = 0, signal = patient) => ask(key, { since, signal }),
    pass: (ms: number) => {
      now += ms;
      for (const { time, callback } of timers) if (time <= now) callback();
    },
    /** Ends a reading, and lets all who wait for it know. */
    end: async (number: number, error?: Error) => {
      const reading = readings[number - 1];
      if (error === undefined) reading?.resolve();
      else reading?.reject(error);
      await settle();
    },
  };
}

describe('joint reads', () => {
  it('share a reading that is under way, for each key', async () => {
    const { ask, end, readings } = start();
    const answers = Promise.all([ask('a'), ask('a'), ask('b')]);
    expect(readings).toHaveLength(2);
    await end(1);
    await end(2);
    expect(await answers).toEqual([1, 1, 2]);
  });

  it('share one that has ended for a while, and forget it then', async () => {
    const { ask, end, pass, readings } = start();
    void ask('a');
    await end(1);
    pass(keptMs - 1);
    expect(await ask('a')).toBe(1);
    pass(1);
    void ask('a');
    expect(readings).toHaveLength(2);
  });

  it('share none that was begun before an asker wants it', async () => {
    const { ask, end, pass, now, readings } = start();
    void ask('a');
    await end(1);
    pass(100);
    void ask('a', now());
    void ask('a', now());
    expect(readings).toHaveLength(2);
  });

  it('let nobody join a reading that has had half its time', () => {
    const { ask, pass, readings } = start();
    void ask('a');
    pass(patienceMs);
    void ask('a');
    expect(readings).toHaveLength(1);
    pass(1);
    void ask('a');
    expect(readings).toHaveLength(2);
  });

  it('go on for those who joined late, when the first has waited for too long', async () => {
    const { ask, end, readings } = start();
    const first = new AbortController();
    const [early, late] = [ask('a', 0, first.signal), ask('a')];
    first.abort();
    await expect(early).rejects.toThrow('took too long');
    expect(readings[0]?.signal.aborted).toBe(false);
    await end(1);
    expect(await late).toBe(1);
  });

  it('are begun anew after a failure', async () => {
    const { ask, end } = start();
    const failed = ask('a');
    const refusal = expect(failed).rejects.toThrow('oops');
    await end(1, new Error('oops'));
    await refusal;
    const again = ask('a');
    await end(2);
    expect(await again).toBe(2);
  });
});
