import { describe, expect, it } from '@jest/globals';
import { restartDelayMs, restarts } from './restart.ts';

describe('a container that ended by itself', () => {
  it.each([
    ['Always', 0, true],
    ['Always', 1, true],
    ['OnFailure', 0, false],
    ['OnFailure', 1, true],
    ['Never', 1, false],
  ] as const)('with restartPolicy %s and exit code %d: is restarted: %s', (policy, code, expected) => {
    expect(restarts(policy, code)).toBe(expected);
  });

  it('waits half a second, then 10 s, doubling up to 5 minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => restartDelayMs(failures))).toEqual([
      500, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000,
    ]);
  });

  it('waits as long as it is told before its first restart, and no longer than ever before the others', () => {
    expect([1, 2].map((failures) => restartDelayMs(failures, 5_000))).toEqual([5_000, 10_000]);
  });
});
