import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './verdict.ts';

const of = (ungatedFailed: number, gatedFailed: number, requests = 1000) =>
  verdictOf([
    { gated: false, traffic: { requests, failed: ungatedFailed } },
    { gated: true, traffic: { requests, failed: gatedFailed } },
  ]);

describe('the verdict', () => {
  it('is good when only the rollout without gates failed requests', () => {
    expect(of(5, 0)).toEqual({
      ok: true,
      line: 'Without gates 5 of 1,000 requests failed; with gates none of 1,000.',
    });
  });

  it('is bad when a gated request failed, whatever else', () => {
    expect(of(5, 1)).toEqual({ ok: false, line: 'Not shown: the rollout with gates failed 1 requests.' });
  });

  it('is bad when there was nothing to save', () => {
    expect(of(0, 0).line).toBe('Not shown: the rollout without gates failed no request either.');
  });

  it('is bad when there was no traffic', () => {
    expect(of(0, 0, 0)).toEqual({ ok: false, line: 'Not shown: no request was sent.' });
  });
});
