import { expect, it } from '@jest/globals';
import { leaseOf } from './fixtures.ts';
import { nextStep, type Situation } from './next-step.ts';
import { timingOf } from './timing.ts';

const knownOf = (holder: string) => ({ lease: leaseOf({ holder }), holder, freeAt: 8_000 });

const situation: Situation = {
  identity: 'us_2',
  known: knownOf('other'),
  renewedAt: undefined,
  isWilling: true,
  isPredecessor: (holder) => holder === 'us_1',
  headStartMs: 0,
  notBefore: -Infinity,
  timing: timingOf(7_000),
};

const ours = { known: knownOf('us_2'), renewedAt: 5_000 };

it.each<[string, Partial<Situation>, string, number]>([
  ['before the API has said anything, nothing is done', { known: undefined }, 'take', Infinity],
  ['what another holds is taken when it is free', {}, 'take', 8_000],
  ['others may have a head start', { headStartMs: 250 }, 'take', 8_250],
  ['after a failure it rests', { notBefore: 9_000 }, 'take', 9_000],
  ["a predecessor's is taken at once", { known: knownOf('us_1'), headStartMs: 250 }, 'take', -Infinity],
  ['one that is stopping takes nothing', { isWilling: false }, 'take', Infinity],
  ["not even its predecessor's", { isWilling: false, known: knownOf('us_1') }, 'take', Infinity],
  ['ours is renewed in time', ours, 'renew', 6_500],
  ['ours is renewed by one that is stopping, too', { ...ours, isWilling: false }, 'renew', 6_500],
  ['a renewal that failed rests', { ...ours, notBefore: 7_000 }, 'renew', 7_000],
  [
    'ours that somebody has deleted is made anew at once',
    { ...ours, known: { lease: undefined, holder: 'us_2', freeAt: 8_000 } },
    'renew',
    -Infinity,
  ],
  ['ours without an answer that said so is renewed at once', { known: knownOf('us_2') }, 'renew', -Infinity],
])('%s', (_, changes, kind, at) => {
  expect(nextStep({ ...situation, ...changes })).toEqual({ kind, at });
});
