import { expect, it } from '@jest/globals';
import { targetKey } from '../ledger/ledger.ts';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { isSurprise } from './surprise.ts';

type Health = NonNullable<World['health']>;

/** Whether it is one that ELB says this after that, of a group whose target 1 is ours. */
function isOne(before: Health, after: Health, more: World = {}): boolean {
  const world: World = { pods: [podObject(1)], ledger: [entry(1)], ...more };
  const earlier = inputOf({ ...world, health: before, askedAt: now - 5_000 }).observation;
  const input = inputOf({ ...world, health: after, askedAt: now });
  const { observation, ledger } = input;
  if (!earlier || !observation || !ledger) throw new Error('there are two looks, and a ledger');
  return isSurprise(input, { before: earlier, after: observation, ledger });
}

const sibling = { siblings: { known: true, ledgers: [new Map([[targetKey(entry(2).target), entry(2)]])] } };

it.each<[string, Parameters<typeof isOne>]>([
  ['a target that turned ill', [{ 1: 'healthy' }, { 1: 'unhealthy' }]],
  ['a target that somebody has taken out', [{ 1: 'healthy' }, {}]],
  ['a new target that somebody has taken out', [{ 1: 'initial' }, { 1: 'draining' }]],
  [
    'a target that was taken out since its registration',
    [{}, {}, { ledger: [entry(1, { registeredAt: now - 1 })] }],
  ],
  ['a foreign target', [{ 1: 'healthy' }, { 1: 'healthy', 2: 'initial' }]],
  ['a foreign target that was draining', [{ 2: 'draining' }, { 2: 'initial' }, { ledger: [], pods: [] }]],
])('%s is a surprise', (_, given) => {
  expect(isOne(...given)).toBe(true);
});

it.each<[string, Parameters<typeof isOne>]>([
  ['a target that becomes healthy', [{ 1: 'initial' }, { 1: 'healthy' }]],
  ['a new target that fails its checks', [{ 1: 'initial' }, { 1: 'unhealthy' }]],
  ['a target that stays ill', [{ 1: 'unhealthy' }, { 1: 'unhealthy' }]],
  ['a target that is gone for good', [{}, {}]],
  ['one that is being registered', [{}, {}, { ledger: [entry(1, { registeredAt: undefined })] }]],
  [
    'a foreign target that was there',
    [
      { 1: 'healthy', 2: 'healthy' },
      { 1: 'healthy', 2: 'unhealthy' },
    ],
  ],
  [
    'a foreign target that leaves',
    [
      { 1: 'healthy', 2: 'healthy' },
      { 1: 'healthy', 2: 'draining' },
    ],
  ],
  ['a target of another binding', [{ 1: 'healthy' }, { 1: 'healthy', 2: 'initial' }, { more: sibling }]],
])('%s is none', (_, given) => {
  expect(isOne(...given)).toBe(false);
});
