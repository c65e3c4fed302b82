import { describe, expect, it } from '@jest/globals';
import { apiPod } from '@targetgate/shared/fixtures';
import type { Change } from '@targetgate/shared/kube';
import { projectPod, type Pod } from '@targetgate/shared/model';
import { createLogger } from '@targetgate/shared/runtime';
import { createFakeClock } from '../sync/fixtures/clock.ts';
import { createSkew, delayOf, inOurTime, learn, skewOf, type Delays } from './skew.ts';

const alive = projectPod(apiPod());
const deleted = (at: number): Pod => ({ ...alive, deletesAt: at + 30_000, deletionGraceSeconds: 30 });
const told = (change: Partial<Change<Pod>>): Change<Pod> => ({
  before: alive,
  after: deleted(0),
  by: 'watch',
  ...change,
});

describe('the delay of a deletion', () => {
  it('is from the time that the API server gives it to the time that the watch told of it', () => {
    expect(delayOf(told({}), 700)).toBe(700);
  });

  it.each<[string, Partial<Change<Pod>>]>([
    ['a list: it may be of any age', { by: 'list' }],
    ['a pod that was not there before', { before: undefined }],
    ['another pod of the name', { before: { ...alive, uid: 'another' } }],
    ['a second deletion', { before: deleted(0) }],
    ['a pod that stays', { after: alive }],
    ['a pod that is gone', { after: undefined }],
  ])('is not told by %s', (_, change) => {
    expect(delayOf(told(change), 700)).toBeUndefined();
  });
});

/** What is known after these delays, each told a second after the one before it. */
const after = (...delays: readonly number[]): Delays | undefined =>
  delays.reduce<Delays | undefined>((known, delay, second) => learn(known, delay, second * 1_000), undefined);

describe('the skew', () => {
  it.each<[string, number, readonly number[]]>([
    ['is none before anything was told', 0, []],
    ['is none where whole seconds explain the delay', 0, [1_000]],
    ['is the least that explains the shortest delay', 6_000, [60_000, 7_000, 9_000]],
    ['is negative where deletions come before their time', -3_000, [500, -3_000, 0]],
    ['is none where one of many deletions was told late', 0, [300, 30_000]],
  ])('%s', (_, expected, delays) => {
    expect(skewOf(after(...delays))).toBe(expected);
  });

  const minutes = 60_000;

  it('is learnt anew within two whiles of deletions, when the clocks have moved apart', () => {
    const first = learn(undefined, 0, 0);
    const second = learn(first, 7_000, 11 * minutes);
    expect(skewOf(second)).toBe(0);
    expect(skewOf(learn(second, 7_000, 22 * minutes))).toBe(6_000);
  });

  it('is not forgotten while nothing is deleted', () => {
    expect(skewOf(learn(learn(undefined, 0, 0), 30_000, 24 * 60 * minutes))).toBe(0);
  });
});

it('the API times of a pod are moved by it', () => {
  const pod = { ...deleted(0), containerEndedAt: 20_000 };
  expect(inOurTime(pod, 6_000)).toEqual({ ...pod, deletesAt: 36_000, containerEndedAt: 26_000 });
  expect(inOurTime(alive, 6_000)).toEqual(alive);
  expect(inOurTime(pod, 0)).toBe(pod);
});

it('the log tells of a skew once, until it was gone', () => {
  const clock = createFakeClock(1);
  const warnings: unknown[] = [];
  const logger = createLogger('syncer', 'silent');
  const skew = createSkew(clock, Object.assign(logger, { warn: (about: unknown) => warnings.push(about) }));
  for (const delay of [9_000, 8_000, 500, -2_500]) skew.see(told({ after: deleted(clock.now() - delay) }));
  expect(warnings).toEqual([{ aheadSeconds: 8 }, { aheadSeconds: -2.5 }]);
  expect(skew.ms).toBe(-2_500);
});
