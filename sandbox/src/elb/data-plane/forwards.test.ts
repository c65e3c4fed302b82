import { expect, it } from '@jest/globals';
import { createRandom } from '../random.ts';
import { groupFor, type Forward } from './forwards.ts';

/** How many of a thousand requests go to each group. */
function shares(forwards: readonly Forward<string>[]): Record<string, number> {
  const random = createRandom(1);
  const counts: Record<string, number> = {};
  for (let index = 0; index < 1000; index += 1) {
    const group = groupFor(forwards, random) ?? 'none';
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}

it('requests are shared by weight', () => {
  const { old = 0, new: fresh = 0 } = shares([
    { group: 'old', weight: 90 },
    { group: 'new', weight: 10 },
  ]);
  expect(old + fresh).toBe(1000);
  expect(fresh).toBeGreaterThan(70);
  expect(fresh).toBeLessThan(130);
});

it('a group of weight 0 gets none, and where all have 0 nobody does', () => {
  const old = { group: 'old', weight: 1 };
  expect(shares([{ group: 'new', weight: 0 }, old])).toEqual({ old: 1000 });
  expect(shares([{ group: 'new', weight: 0 }])).toEqual({ none: 1000 });
});

it('a single group is found without drawing', () => {
  const never = (): number => {
    throw new Error('drawn');
  };
  expect(groupFor([{ group: 'only', weight: 1 }], never)).toBe('only');
});
