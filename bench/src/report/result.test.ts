import { describe, expect, it } from '@jest/globals';
import { besidePeer, isMet } from './result.ts';

describe('a goal', () => {
  it.each([
    ['that is an upper bound is met at the bound', { value: 6, goal: { atMost: 6 } }, true],
    ['that is an upper bound is missed above it', { value: 6.01, goal: { atMost: 6 } }, false],
    ['that is a lower bound is met at the bound', { value: 4500, goal: { atLeast: 4500 } }, true],
    ['that is a lower bound is missed below it', { value: 4499, goal: { atLeast: 4500 } }, false],
    ['is missed by what never came', { value: Infinity, goal: { atMost: 9 } }, false],
    ['that is not there is neither met nor missed', { value: 6 }, undefined],
  ])('%s', (_, figure, met) => {
    expect(isMet(figure)).toBe(met);
  });
});

it('figures stand beside what the peer had in the same run, never beside what it once had', () => {
  const ours = [
    { of: 'gates', value: 6, unit: 's', goal: { atMost: 7 }, peer: 99 },
    { of: 'CPU', value: 2, unit: 's', peer: 99 },
  ] as const;
  expect(besidePeer(ours, [{ of: 'gates', value: 16, unit: 's' }])).toEqual([
    { of: 'gates', value: 6, unit: 's', goal: { atMost: 7 }, peer: 16 },
    { of: 'CPU', value: 2, unit: 's' },
  ]);
});
