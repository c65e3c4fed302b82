import { describe, expect, it } from '@jest/globals';
import { createBuckets } from './buckets.ts';
import type { TrafficBucket } from './events.ts';

function open() {
  const reported: TrafficBucket[] = [];
  const buckets = createBuckets(1000, 100, (bucket) => reported.push(bucket));
  return { buckets, seen: () => reported.map(({ at, counts }) => [at, counts]) };
}

describe('buckets', () => {
  it('count by status what ends within each span', () => {
    const { buckets, seen } = open();
    buckets.count('200', 1000);
    buckets.count('502', 1050);
    buckets.count('200', 1099);
    buckets.count('200', 1100);
    buckets.end(1150);
    expect(seen()).toEqual([
      [1000, { '200': 2, '502': 1 }],
      [1100, { '200': 1 }],
    ]);
  });

  it('report spans in which nothing ended, so that a gap shows', () => {
    const { buckets, seen } = open();
    buckets.count('200', 1250);
    buckets.advance(1300);
    expect(seen()).toEqual([
      [1000, {}],
      [1100, {}],
      [1200, { '200': 1 }],
    ]);
  });

  it('report a span only once it is over', () => {
    const { buckets, seen } = open();
    buckets.count('200', 1000);
    buckets.advance(1099);
    expect(seen()).toEqual([]);
  });
});
