import { expect, it } from '@jest/globals';
import { entry, inputOf, now, podObject } from './fixtures.ts';
import { gates, initial } from './fixtures/gates.ts';
import { plan } from './index.ts';

const registeredAgo = (ms: number) => ({
  pods: [podObject(1)],
  ledger: [entry(1, { registeredAt: now - ms })],
  askedAt: now,
});

it('the gate of a new pod says nothing of its target’s first checks for ten seconds', () => {
  const world = { ...registeredAgo(9_999), health: { 1: initial } };
  expect(gates(world)).toEqual([]);
  expect(plan(inputOf(world)).againAt).toBe(now + 1);
});

it('then it says what ELB says', () => {
  expect(gates({ ...registeredAgo(10_000), health: { 1: initial } })).toEqual([
    'web-1 False Elb.InitialHealthChecking',
  ]);
});

it('a gate that has said something before does not go on saying it', () => {
  const world = { ...registeredAgo(1_000), health: { 1: initial } };
  const said = { status: 'False', reason: 'ContainersNotReady', message: '' } as const;
  expect(gates({ ...world, pods: [podObject(1, { open: said })] })).toEqual([
    'web-1 False Elb.InitialHealthChecking',
  ]);
});

it('an answer is said at once: that it is healthy, or not', () => {
  expect(gates({ ...registeredAgo(1_000), health: { 1: 'healthy' }, askedAt: now })).toEqual([
    'web-1 True Healthy',
  ]);
  expect(gates({ ...registeredAgo(1_000), health: { 1: 'unhealthy' }, askedAt: now })).toEqual([
    'web-1 False unhealthy',
  ]);
});
