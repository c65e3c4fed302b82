import { describe, expect, it } from '@jest/globals';
import type { PodEnd, PreStop } from '@targetgate/shared/model';
import fc from 'fast-check';
import { graceFor, injectedEnd, longestSleepOf } from './injected-end.ts';

const none: PreStop = { kind: 'none' };
const other: PreStop = { kind: 'other' };
const sleep = (seconds: number): PreStop => ({ kind: 'sleep', seconds });

const endOf = (graceSeconds: number, ...hooks: readonly PreStop[]): PodEnd => ({
  graceSeconds,
  containers: hooks.map((preStop, index) => ({ name: `c${index}`, preStop })),
  sidecars: [],
});

describe('a pod that is made to sleep 25 s', () => {
  it.each<[string, PodEnd, PodEnd]>([
    ['keeps the time that its application had', endOf(30, none), endOf(55, sleep(25))],
    [
      'sleeps in each container, as all stop side by side',
      endOf(30, none, none),
      endOf(55, sleep(25), sleep(25)),
    ],
    [
      'keeps a hook of its own, and the time beside it',
      endOf(40, sleep(10), none),
      endOf(55, sleep(10), sleep(25)),
    ],
    ['keeps a hook of unknown length', endOf(30, other, none), endOf(55, other, sleep(25))],
    [
      'keeps all of the time that it had beside it',
      endOf(300, sleep(10), none),
      endOf(315, sleep(10), sleep(25)),
    ],
    [
      'has time after its own sleep, which had none (an exec of sleep may be as long as the grace)',
      endOf(30, sleep(300)),
      endOf(330, sleep(300)),
    ],
    [
      'has no more grace where its own sleep is longer',
      endOf(90, sleep(60), none),
      endOf(90, sleep(60), sleep(25)),
    ],
    [
      'gets the whole grace period where its own sleep used it up',
      endOf(10, sleep(10), none),
      endOf(35, sleep(10), sleep(25)),
    ],
    [
      'gets what a kubelet leaves it at least where it had no time at all',
      endOf(0, none),
      endOf(27, sleep(25)),
    ],
    [
      "has whole seconds of grace where its own sleep hasn't",
      endOf(30, sleep(0.5), none),
      endOf(55, sleep(0.5), sleep(25)),
    ],
  ])('%s', (_, before, after) => {
    expect(injectedEnd(before, 25)).toEqual(after);
  });

  it.each([
    ['of which every container has a hook', endOf(30, sleep(5), other)],
    ['without containers', endOf(30)],
  ])('stays as it is: one %s', (_, end) => {
    expect(injectedEnd(end, 25)).toBe(end);
  });
});

const hooks = fc.oneof(fc.constant(none), fc.constant(other), fc.integer({ min: 1, max: 900 }).map(sleep));
const ends = fc
  .tuple(fc.integer({ min: 0, max: 900 }), fc.array(hooks, { maxLength: 4 }))
  .map(([grace, list]) => endOf(grace, ...list));
const lengths = fc.integer({ min: 1, max: 3600 });

describe('whatever a pod is like', () => {
  it('its end changes only once', () => {
    fc.assert(
      fc.property(ends, lengths, lengths, (end, seconds, later) => {
        const injected = injectedEnd(end, seconds);
        expect(injectedEnd(injected, later)).toBe(injected);
      }),
    );
  });

  it('what is injected is followed by time to stop in, and no hook and no grace is lost', () => {
    fc.assert(
      fc.property(ends, lengths, (end, seconds) => {
        const { graceSeconds, containers } = injectedEnd(end, seconds);
        expect(graceSeconds).toBeGreaterThanOrEqual(end.graceSeconds);
        const kept = containers.filter((_, index) => end.containers[index]?.preStop.kind !== 'none');
        expect(kept).toEqual(end.containers.filter(({ preStop }) => preStop.kind !== 'none'));
        if (kept.length < containers.length) {
          expect(graceSeconds).toBeGreaterThan(longestSleepOf({ containers }));
        }
      }),
    );
  });

  it('a container that another webhook adds later changes the grace no more', () => {
    fc.assert(
      fc.property(ends, lengths, (end, seconds) => {
        const injected = injectedEnd(
          { ...end, containers: [...end.containers, { name: 'first', preStop: none }] },
          seconds,
        );
        const more = { ...injected, containers: [...injected.containers, { name: 'second', preStop: none }] };
        expect(injectedEnd(more, seconds).graceSeconds).toBe(injected.graceSeconds);
      }),
    );
  });
});

it('a grace period is never made shorter', () => {
  expect(graceFor(endOf(600, none), 25)).toBe(625);
  expect(graceFor(endOf(600, sleep(300)), 25)).toBe(600);
});
