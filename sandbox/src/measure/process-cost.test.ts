import { describe, expect, it } from '@jest/globals';
import { parseUse, useOf } from './process-cost.ts';

describe('the use of a process', () => {
  it('is read from /proc, whatever the program is called', () => {
    const stat = '7 (a (b) c) S 1 7 7 0 -1 4194304 1 2 3 4 123 45 0 0 20 0 1 0 500 1 2';
    const status = 'Name:\ta\nVmHWM:\t  9999 kB\nVmRSS:\t  65536 kB\nThreads:\t1\n';
    expect(parseUse(stat, status)).toEqual({ cpuSeconds: 1.68, rssMiB: 64 });
  });

  it('of this process is something', async () => {
    const use = await useOf(process.pid);
    expect(use?.cpuSeconds).toBeGreaterThan(0);
    expect(use?.rssMiB).toBeGreaterThan(1);
  });

  it('of no process is none', async () => {
    expect(await useOf(2 ** 30)).toBeUndefined();
  });
});
