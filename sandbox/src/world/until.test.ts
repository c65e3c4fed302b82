import { describe, expect, it } from '@jest/globals';
import { until } from './until.ts';

const { signal } = new AbortController();

describe('until', () => {
  it('gives what the probe found', async () => {
    const answers = [{ still: 'one' }, { still: 'two' }, { done: 3 }];
    const found = await until('three', () => Promise.resolve(answers.shift() ?? { done: 0 }), {
      everyMs: 1,
      signal,
    });
    expect(found).toBe(3);
  });

  it('says what it waited for and what it saw last', async () => {
    const probe = () => Promise.resolve({ still: 'only two' });
    await expect(until('there are three', probe, { timeoutMs: 5, everyMs: 1, signal })).rejects.toThrow(
      'waited 0.005 s in vain until there are three; last seen: only two',
    );
  });

  it('takes an error of the probe as something seen', async () => {
    const probe = () => Promise.reject(new Error('not found'));
    await expect(until('it is there', probe, { timeoutMs: 5, everyMs: 1, signal })).rejects.toThrow(
      'last seen: Error: not found',
    );
  });

  it('ends at once with the reason of its signal', async () => {
    const stop = new AbortController();
    const waiting = until('never', () => Promise.resolve({ still: 'not' }), { signal: stop.signal });
    stop.abort(new Error('the simulator ended'));
    await expect(waiting).rejects.toThrow('the simulator ended');
  });
});
