import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.ts';

describe('the system clock', () => {
  it('calls back no earlier than the time that it was given', async () => {
    const late = await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const time = systemClock.now() + n / 7;
        return new Promise<number>((resolve) =>
          systemClock.at(time, () => resolve(systemClock.now() - time)),
        );
      }),
    );
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  });

  it('calls back soon for a time that is past', async () => {
    const from = performance.now();
    await new Promise<void>((resolve) => systemClock.at(systemClock.now() - 60_000, resolve));
    expect(performance.now() - from).toBeLessThan(10_000);
  });

  it('does not call back once it is cancelled', async () => {
    const calls: string[] = [];
    systemClock.at(systemClock.now() + 10, () => calls.push('cancelled'))();
    systemClock.at(systemClock.now() + 10, () => calls.push('kept'));
    await sleep(50);
    expect(calls).toEqual(['kept']);
  });
});
