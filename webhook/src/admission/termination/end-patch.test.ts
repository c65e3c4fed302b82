import { expect, it } from '@jest/globals';
import { endPatch } from './end-patch.ts';
import { endOf } from './fixtures.ts';

const add = (path: string, value: unknown) => ({ op: 'add', path: `/spec/${path}`, value });
const hook = { sleep: { seconds: 25 } };

it('adds the sleeps that are new, within a lifecycle where there is one, and the grace', () => {
  const before = endOf(30, { bare: 'none', started: 'none', own: 5, other: 'other' });
  const after = endOf(50, { bare: 25, started: 25, own: 5, other: 'other' });
  expect(endPatch(before, after, [false, true, true, true])).toEqual([
    add('containers/0/lifecycle', { preStop: hook }),
    add('containers/1/lifecycle/preStop', hook),
    add('terminationGracePeriodSeconds', 50),
  ]);
});

it('leaves a grace alone that is long enough', () => {
  expect(endPatch(endOf(90, { app: 'none' }), endOf(90, { app: 25 }), [false])).toEqual([
    add('containers/0/lifecycle', { preStop: hook }),
  ]);
});

it('is empty where nothing changes', () => {
  const end = endOf(30, { app: 5 });
  expect(endPatch(end, end, [true])).toEqual([]);
});
