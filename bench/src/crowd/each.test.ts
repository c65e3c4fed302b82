import { describe, expect, it } from '@jest/globals';
import { each } from './each.ts';

const { signal } = new AbortController();

describe('each', () => {
  it('does every item once, and never more at once than it may', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await each([1, 2, 3, 4, 5], { atOnce: 2, signal }, async (item) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('fails with the first failure', async () => {
    const work = (item: number): Promise<void> =>
      item === 2 ? Promise.reject(new Error('no')) : Promise.resolve();
    await expect(each([1, 2, 3], { atOnce: 1, signal }, work)).rejects.toThrow('no');
  });

  it('does nothing more once it is aborted', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    const working = each([1, 2], { atOnce: 1, signal: stop.signal }, (item) => {
      done.push(item);
      stop.abort(new Error('stopped'));
      return Promise.resolve();
    });
    await expect(working).rejects.toThrow('stopped');
    expect(done).toEqual([1]);
  });
});
