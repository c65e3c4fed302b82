import { describe, expect, it } from '@jest/globals';
import { entry, inputOf, now, podObject, type World } from './fixtures.ts';
import { nextLook } from './looks.ts';

/** The next look, in milliseconds from now; negative is overdue. */
const lookIn = (world: World): number | undefined => {
  const at = nextLook(inputOf(world));
  return at === undefined ? undefined : at - now;
};

describe('the target group is looked at', () => {
  it.each<[string, World, number | undefined]>([
    ['never while nothing of ours is in it', { pods: [podObject(1)] }, undefined],
    [
      'a second after the registration',
      { pods: [podObject(1)], ledger: [entry(1, { registeredAt: now })] },
      1_000,
    ],
    [
      'a second after the last look while a pod waits',
      { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'initial' }, askedAt: now - 300 },
      700,
    ],
    [
      'at once after a restart',
      { pods: [podObject(1, { open: true })], ledger: [entry(1, { registeredAt: now - 3_600_000 })] },
      -3_600_000 + 12_000,
    ],
    [
      'every 15 s for a target that never gets healthy',
      {
        pods: [podObject(1)],
        ledger: [entry(1, { registeredAt: now - 86_400_000 })],
        health: { 1: 'unhealthy' },
        askedAt: now,
      },
      15_000,
    ],
  ])('%s', (_, world, expected) => {
    expect(lookIn(world)).toBe(expected);
  });

  it('about once a minute when nothing waits', () => {
    const wait = lookIn({ pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'healthy' }, askedAt: now });
    expect(wait).toBeGreaterThanOrEqual(54_000);
    expect(wait).toBeLessThanOrEqual(66_000);
  });

  it('every second for a new pod beside one that never gets healthy', () => {
    const world = {
      pods: [podObject(1), podObject(2)],
      ledger: [entry(1, { registeredAt: now - 86_400_000 }), entry(2, { registeredAt: now })],
      health: { 1: 'unhealthy' },
      askedAt: now,
    } as const;
    expect(lookIn(world)).toBe(1_000);
  });
});
