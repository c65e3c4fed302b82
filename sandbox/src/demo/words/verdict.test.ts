import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './verdict.ts';

const of = (unlabelledFailed: number, labelledFailed: number, requests = 1000) =>
  verdictOf([
    { labelled: false, traffic: { requests, failed: unlabelledFailed } },
    { labelled: true, traffic: { requests, failed: labelledFailed } },
  ]);

describe('the verdict', () => {
  it('is good when requests failed only without labels', () => {
    expect(of(5, 0)).toEqual({
      ok: true,
      line: 'Without labels 5 of 1,000 requests failed; with both none of 1,000.',
    });
  });

  it('is bad when a request failed with both labels, whatever else', () => {
    expect(of(5, 1)).toEqual({
      ok: false,
      line: 'Not shown: 1 requests failed although the namespace had both labels.',
    });
  });

  it('is bad when there was nothing to save', () => {
    expect(of(0, 0).line).toBe('Not shown: without labels no request failed either.');
  });

  it('is bad when there was no traffic', () => {
    expect(of(0, 0, 0)).toEqual({ ok: false, line: 'Not shown: no request was sent.' });
  });
});
