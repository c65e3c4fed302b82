import { describe, expect, it } from '@jest/globals';
import { day, issueMaterial, lives } from './fixtures.ts';
import { handOver, type Served } from './hand-over.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const [before, after] = [await issueMaterial(now), await issueMaterial(now)];
const [old = '', next = ''] = [...before.authorities, ...after.authorities];
const successor = await issueMaterial(now + 730 * day);
const served: Served = { identity: before.serving, authority: old };
const trusting = (...trusted: string[]) => ({
  now,
  lives,
  trust: { isComplete: (authority: string) => trusted.includes(authority), some: trusted },
});

describe('a replica', () => {
  it('that serves nothing yet serves at once, and has it trusted', () => {
    expect(handOver(after, undefined, trusting())).toEqual({
      served: { identity: after.serving, authority: next },
      bundle: [next],
    });
  });

  it('goes on with what is not trusted any more: that is put right by the bundle', () => {
    expect(handOver(before, served, trusting())).toEqual({ served, bundle: [old] });
  });

  it('keeps what it serves until its successor is trusted, and has both trusted', () => {
    expect(handOver(after, served, trusting(old))).toEqual({ served, bundle: [next, old] });
  });

  it('goes over once that is so, and leaves trust in what others may still serve', () => {
    expect(handOver(after, served, trusting(old, next))).toEqual({
      served: { identity: after.serving, authority: next },
      bundle: [next, old],
    });
  });

  it('ends that trust when all must have gone over', () => {
    const later = { ...trusting(old, next), now: now + 9 * day };
    expect(handOver(after, served, later).bundle).toEqual([next]);
  });

  it('leaves no trust in what is no authority, or has expired', () => {
    const late = { ...trusting(old, after.serving.certificate, 'spoilt'), now: now + 730 * day };
    expect(handOver(successor, undefined, late).bundle).toEqual(successor.authorities);
  });

  it('goes over within one authority at once', () => {
    const renewed = { ...before, serving: { ...before.serving, key: 'renewed' } };
    expect(handOver(renewed, served, trusting()).bundle).toEqual([old]);
  });

  it('goes over, trusted or not, when what it serves has expired', () => {
    const late = { ...trusting(), now: now + 91 * day };
    expect(handOver(after, served, late).served.identity).toBe(after.serving);
  });

  it('leaves the bundle of a rotation as it is', () => {
    const rotating = { ...after, authorities: [next, old] };
    expect(handOver(rotating, served, trusting(old)).bundle).toEqual([next, old]);
  });
});
