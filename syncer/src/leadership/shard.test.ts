import { describe, expect, it } from '@jest/globals';
import { shardNumber, shardOf } from './shard.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef';
const numberOf = (binding: Parameters<ReturnType<typeof shardOf>['owns']>[0], of = 7): number[] =>
  Array.from({ length: of }, (_, number) => number).filter((number) => shardOf(number, of).owns(binding));
const keys = Array.from({ length: 3_000 }, (_, n) => `group-${n}`);

describe('a binding', () => {
  const web = { namespace: 'shop', name: 'web' };

  it('is of one shard', () => {
    const counts = keys.map((name) => numberOf({ ...web, targetGroup: { by: 'name', name } }).length);
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  it('is of the only shard where there is one', () => {
    expect(shardOf(0, 1).owns(web)).toBe(true);
  });

  it('meets all others of its target group, whatever their names are, and however they name the group', () => {
    const byArn = numberOf({ ...web, targetGroup: { by: 'arn', arn } });
    expect(numberOf({ namespace: 'other', name: 'b', targetGroup: { by: 'name', name: 'web' } })).toEqual(
      byArn,
    );
  });

  it('that does not exist goes by its own name', () => {
    const shards = new Set(keys.map((name) => numberOf({ namespace: 'shop', name })[0]));
    expect(shards.size).toBe(7);
  });
});

describe('shards', () => {
  it('are about equally large', () => {
    const sizes = Map.groupBy(keys, (key) => shardNumber(key, 5));
    for (const { length } of sizes.values()) expect(Math.abs(length - 600)).toBeLessThan(90);
  });

  it('that become one more leave every binding where it was, or move it to the new one', () => {
    const moved = keys.filter((key) => shardNumber(key, 5) !== shardNumber(key, 6));
    expect(new Set(moved.map((key) => shardNumber(key, 6)))).toEqual(new Set([5]));
    expect(Math.abs(moved.length - 500)).toBeLessThan(90);
  });
});
