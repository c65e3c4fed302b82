import { describe, expect, it } from '@jest/globals';
import type { WorldEvent } from '../../world/index.ts';
import { isOk, requestRate, statusesOf } from './request-rate.ts';

const bucket = (at: number, counts: Record<string, number>, traffic = 'shop'): WorldEvent => ({
  kind: 'traffic',
  at,
  ms: 100,
  counts,
  traffic,
});

describe('the request rate', () => {
  it('puts buckets together, by status', () => {
    const events = [
      bucket(0, { 200: 20 }),
      bucket(0, { 200: 99 }, 'other'),
      bucket(100, { 200: 15, 503: 5 }),
      bucket(200, { 503: 20 }),
    ];
    expect(requestRate(events, 'shop', 2)).toEqual([
      { at: 0, ms: 200, counts: { 200: 35, 503: 5 } },
      { at: 200, ms: 100, counts: { 503: 20 } },
    ]);
  });
});

describe('statuses', () => {
  it.each([
    ['200', true],
    ['404', true],
    ['502', false],
    ['reset', false],
    ['timeout', false],
  ])('%s counts as answered: %s', (status, ok) => {
    expect(isOk(status)).toBe(ok);
  });

  it('are ordered: what is well first', () => {
    expect(statusesOf({ byStatus: { reset: 1, 503: 2, 200: 3, 404: 1 } })).toEqual([
      '200',
      '404',
      '503',
      'reset',
    ]);
  });
});
