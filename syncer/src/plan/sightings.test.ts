import { expect, it } from '@jest/globals';
import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import { entry, now } from './fixtures.ts';
import type { TargetHealth } from './observation.ts';
import { sightingsIn } from './sightings.ts';

const look = (askedAt: number, state?: TargetHealth['state']) => ({
  askedAt,
  targets: new Map(state === undefined ? [] : [[targetKey(entry(1).target), { state }]]),
});

/** What is seen of target 1, registered now, by looks so many milliseconds later. */
const seen = (
  before: readonly [number, TargetHealth['state']?],
  after: readonly [number, TargetHealth['state']?],
  changes: Partial<LedgerEntry> = {},
) => {
  const one = entry(1, { registeredAt: now, ...changes });
  return sightingsIn({
    before: look(now + before[0], before[1]),
    after: look(now + after[0], after[1]),
    ledger: new Map([[targetKey(one.target), one]]),
  });
};

it('a target that is healthy became so after the look that found it new', () => {
  expect(seen([800, 'initial'], [1_600, 'healthy'])).toEqual([{ over: 800, upTo: 1_600 }]);
});

it('at the first look since its registration, it may have become so at any time since', () => {
  expect(seen([-500], [1_600, 'healthy'])).toEqual([{ over: 0, upTo: 1_600 }]);
  expect(seen([-500, 'draining'], [1_600, 'healthy'])).toEqual([{ over: 0, upTo: 1_600 }]);
});

it.each<[string, Parameters<typeof seen>]>([
  [
    'was healthy before',
    [
      [800, 'healthy'],
      [1_600, 'healthy'],
    ],
  ],
  [
    'was found unhealthy before: its application takes its time',
    [
      [800, 'unhealthy'],
      [1_600, 'healthy'],
    ],
  ],
  ['was not there, as somebody else took it out', [[800], [1_600, 'healthy']]],
  [
    'is not healthy',
    [
      [800, 'initial'],
      [1_600, 'initial'],
    ],
  ],
  ['was not registered for sure', [[-500], [1_600, 'healthy'], { registeredAt: undefined }]],
  [
    'is healthy on the word of an earlier registration',
    [
      [-900, 'initial'],
      [-100, 'healthy'],
    ],
  ],
])('nothing is learnt from a target that %s', (_, looks) => {
  expect(seen(...looks)).toEqual([]);
});
