import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../sync/fixtures/clock.ts';
import { createFence, NotLeading, type FenceKeeper } from './fence.ts';

let clock: FakeClock;
let falls: number;
let fence: FenceKeeper;

beforeEach(() => {
  clock = createFakeClock(1);
  falls = 0;
  fence = createFence(clock, () => falls++);
});

describe('a fence', () => {
  it('is closed at first', () => {
    expect(fence.isOpen).toBe(false);
    expect(fence.signal.aborted).toBe(true);
    expect(() => fence.check()).toThrow(NotLeading);
    expect(falls).toBe(0);
  });

  it('falls when its time is up, and ends what is under way', async () => {
    fence.openUntil(clock.now() + 5_000);
    const { signal } = fence;
    await clock.advance(4_999);
    expect([fence.isOpen, signal.aborted, falls]).toEqual([true, false, 0]);
    await clock.advance(1);
    expect([fence.isOpen, signal.aborted, falls]).toEqual([false, true, 1]);
    expect(signal.reason).toBeInstanceOf(NotLeading);
  });

  it('stays open for as long as it is held open', async () => {
    for (let renewals = 0; renewals < 5; renewals++) {
      fence.openUntil(clock.now() + 5_000);
      await clock.advance(4_000);
    }
    expect([fence.isOpen, fence.signal.aborted, falls]).toEqual([true, false, 0]);
  });

  it('falls for the first who asks in a process that was suspended, before any timer', () => {
    let now = 0;
    const suspended = createFence({ now: () => now, at: () => () => undefined }, () => falls++);
    suspended.openUntil(5_000);
    const { signal } = suspended;
    now = 60_000;
    expect(() => suspended.check()).toThrow(NotLeading);
    expect([signal.aborted, falls]).toEqual([true, 1]);
  });

  it('that opens again has another signal', async () => {
    fence.openUntil(clock.now() + 1_000);
    await clock.advance(1_000);
    fence.openUntil(clock.now() + 1_000);
    expect([fence.isOpen, fence.signal.aborted]).toEqual([true, false]);
    fence.close();
    expect([fence.isOpen, fence.signal.aborted, falls]).toEqual([false, true, 2]);
  });

  it('is not opened until a time that is past', () => {
    fence.openUntil(clock.now());
    expect(fence.isOpen).toBe(false);
    expect(fence.signal.aborted).toBe(true);
  });
});
