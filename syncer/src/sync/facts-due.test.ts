import { describe, expect, it } from '@jest/globals';
import type { TargetGroupFacts } from '@targetgate/shared/model';
import { inputOf, now, type World } from '../plan/fixtures.ts';
import { factsDue } from './facts-due.ts';

const minute = 60_000;
const facts = (more: Partial<TargetGroupFacts> = {}): TargetGroupFacts => ({
  arn: 'arn:web',
  name: 'web',
  targetType: 'ip',
  protocol: 'HTTP',
  vpcId: undefined,
  ipAddressType: 'ipv4',
  healthCheckIntervalSeconds: 30,
  deregistrationDelaySeconds: 300,
  idleTimeoutSeconds: 60,
  tags: undefined,
  ...more,
});

interface Case {
  readonly world?: World;
  /** What was said of the group just now; null: the question went wrong. */
  readonly known?: Partial<TargetGroupFacts> | null;
  readonly isNew?: boolean;
}

/** In how many minutes from now the facts are due, roughly. */
function dueIn({ world = {}, known, isNew = false }: Case): number {
  const of = known ? facts(known) : undefined;
  const { dueAt } = factsDue(inputOf(world), known === undefined ? undefined : { of, askedAt: now }, {
    startedAt: now,
    isNew,
  });
  return (dueAt - now) / minute;
}

const refused = new Map([
  ['10.0.0.1:8080', { uid: 'uid-1', trouble: { reason: 'ValidationError', message: 'no' }, until: 0 }],
]);

describe('the facts of a target group are asked for', () => {
  it.each<[string, Case]>([
    [
      'where nothing can be planned without them',
      { world: { binding: { spec: { targetType: undefined } } } },
    ],
    ['where a target was refused', { world: { more: { refused } } }],
    ['where the binding is new', { isNew: true }],
  ])('at once %s', (_, given) => {
    expect(dueIn(given)).toBe(0);
  });

  it('within a minute where a status remembers them, and nothing waits', () => {
    expect(dueIn({})).toBeGreaterThan(0);
    expect(dueIn({})).toBeLessThan(1);
  });

  it.each<[string, Case]>([
    [
      'in about a minute where a delay that the next pods need could not be read',
      {
        isNew: true,
        known: { deregistrationDelaySeconds: undefined },
      },
    ],
    ['in about a minute where nothing that they need could be', { isNew: true, known: null }],
  ])('again %s', (_, given) => {
    expect(dueIn(given)).toBeCloseTo(1, 0);
  });

  it.each<[string, Case]>([
    ['where all are known', { known: {} }],
    ['where a new binding has all', { known: {}, isNew: true }],
    ['where a status remembers what could not be read', { known: { deregistrationDelaySeconds: undefined } }],
  ])('again in about ten minutes %s', (_, given) => {
    expect(dueIn(given)).toBeGreaterThanOrEqual(9);
    expect(dueIn(given)).toBeLessThanOrEqual(11);
  });
});
