import { describe, expect, it } from '@jest/globals';
import { keepTrying } from './keep-trying.ts';

describe('trying again', () => {
  it('ends with the first success, and tells of each failure before it', async () => {
    const problems: unknown[] = [];
    let attempts = 0;
    const result = await keepTrying({
      attempt: () =>
        ++attempts < 3 ? Promise.reject(new Error(`failure ${attempts}`)) : Promise.resolve('done'),
      onProblem: (problem) => {
        problems.push(String(problem));
      },
      signal: new AbortController().signal,
      backoff: { next: () => 0 },
    });
    expect([result, problems]).toEqual(['done', ['Error: failure 1', 'Error: failure 2']]);
  });

  it('ends without a result when the signal comes during the pause', async () => {
    const stopping = new AbortController();
    const result = await keepTrying({
      attempt: (): Promise<string> => Promise.reject(new Error('failure')),
      onProblem: () => {
        stopping.abort();
      },
      signal: stopping.signal,
      backoff: { next: () => 60_000 },
    });
    expect(result).toBeUndefined();
  });

  it('does not report what the signal itself made fail', async () => {
    const stopping = new AbortController();
    const problems: unknown[] = [];
    const result = await keepTrying({
      attempt: (): Promise<string> => {
        stopping.abort();
        return Promise.reject(new Error('aborted'));
      },
      onProblem: (problem) => {
        problems.push(problem);
      },
      signal: stopping.signal,
    });
    expect([result, problems]).toEqual([undefined, []]);
  });
});
