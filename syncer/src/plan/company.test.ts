import { expect, it } from '@jest/globals';
import { companyUntil } from './company.ts';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';

/** In how many milliseconds the registration of pod 1, which was due so long ago, goes ahead alone; undefined: now. */
function goesAloneIn(world: World, dueMsAgo: number | undefined): number | undefined {
  const { target, subject } = entry(1);
  const since = dueMsAgo === undefined ? undefined : now - dueMsAgo;
  const until = companyUntil(inputOf(world), [{ target, subject, unlessHealthy: false }], () => since);
  return until === undefined ? undefined : until - now;
}

const starting = podObject(2, { containersReady: false });

it.each<[string, World, number | undefined, number | undefined]>([
  ['waits while another pod of the binding is starting', { pods: [podObject(1), starting] }, 0, 10_000],
  ['goes ahead when it has waited for ten seconds', { pods: [podObject(1), starting] }, 10_000, undefined],
  ['goes ahead where all pods are ready', { pods: [podObject(1), podObject(2)] }, 0, undefined],
  [
    'goes ahead where nobody knows since when it is due',
    { pods: [podObject(1), starting] },
    undefined,
    undefined,
  ],
])('a registration %s', (_, world, dueMsAgo, expected) => {
  expect(goesAloneIn(world, dueMsAgo)).toBe(expected);
});
