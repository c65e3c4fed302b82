import { describe, expect, it } from '@jest/globals';
import { createMemory } from './memory.ts';

/** A memory of 100 ms, and its clock. */
function start() {
  let now = 1_000;
  const memory = createMemory({ clock: { now: () => now }, keepMs: 100 });
  return { memory, pass: (ms: number) => void (now += ms) };
}

describe('a memory', () => {
  it('knows since when what is noted again and again has been so', () => {
    const { memory, pass } = start();
    memory.note('a');
    for (let n = 0; n < 3; n++) {
      pass(99);
      memory.note('a');
    }
    expect(memory.since('a')).toBe(1_000);
  });

  it('forgets what was not noted for its time, and begins anew with it', () => {
    const { memory, pass } = start();
    memory.note('a');
    pass(100);
    expect(memory.since('a')).toBeUndefined();
    memory.note('a');
    expect(memory.since('a')).toBe(1_100);
  });

  it('knows nothing of what was never noted', () => {
    expect(start().memory.since('a')).toBeUndefined();
  });

  it('keeps 10,000 pods, and of more those that were noted last', () => {
    const { memory } = start();
    for (let n = 0; n < 10_000; n++) memory.note(`pod-${n}`);
    memory.note('pod-0');
    memory.note('one more');
    expect([memory.since('pod-0'), memory.since('pod-1'), memory.since('pod-2')]).toEqual([
      1_000,
      undefined,
      1_000,
    ]);
  });
});
