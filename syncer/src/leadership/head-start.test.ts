import { expect, it } from '@jest/globals';
import { headStartMs } from './head-start.ts';

const give = (has: number, of = 9, shard = 0): number => headStartMs('syncer-1_a', { shard, of, has });

it('a single shard is taken at once', () => {
  expect(give(0, 1)).toBe(0);
});

it('who has fewer shards goes first, whoever it is', () => {
  const candidates = Array.from({ length: 50 }, (_, n) => `syncer-${n}_a`);
  const startsWith = (has: number) => candidates.map((name) => headStartMs(name, { shard: 3, of: 9, has }));
  for (const has of [0, 1, 2, 3]) {
    expect(Math.max(...startsWith(has))).toBeLessThan(Math.min(...startsWith(has + 1)));
  }
});

it('no shard waits for long, however many its last taker has', () => {
  expect(give(90)).toBeLessThanOrEqual(1_100);
});

it('replicas that start together begin with different shards', () => {
  const firstOf = (name: string): number => {
    const starts = Array.from({ length: 9 }, (_, shard) => headStartMs(name, { shard, of: 9, has: 0 }));
    return starts.indexOf(Math.min(...starts));
  };
  const firsts = Array.from({ length: 20 }, (_, n) => firstOf(`syncer-${n}_a`));
  expect(new Set(firsts).size).toBeGreaterThan(4);
});
