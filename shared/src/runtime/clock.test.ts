import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.ts';

describe('the system clock', () => {
  it('calls back no earlier than the time that it was given', async () => {
    const time = systemClock.now() + 30;
    const called = await new Promise<number>((resolve) =>
      systemClock.at(time, () => resolve(systemClock.now())),
    );
    // setTimeout counts whole milliseconds from another moment than Date does.
    expect(called).toBeGreaterThanOrEqual(time - 1);
  });

  it('calls back soon for a time that is past', async () => {
    const from = performance.now();
    await new Promise<void>((resolve) => systemClock.at(systemClock.now() - 60_000, resolve));
    expect(performance.now() - from).toBeLessThan(1000);
  });

  it('does not call back once it is cancelled', async () => {
    const calls: string[] = [];
    systemClock.at(systemClock.now() + 10, () => calls.push('cancelled'))();
    systemClock.at(systemClock.now() + 10, () => calls.push('kept'));
    await sleep(50);
    expect(calls).toEqual(['kept']);
  });
});
