import { describe, expect, it } from '@jest/globals';
import type { TargetGroupFacts } from '@targetgate/shared/model';
import { inputOf, now, type World } from '../plan/fixtures.ts';
import type { Urgency } from './turns.ts';
import { factsDue, type FactsDue } from './facts-due.ts';

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
  readonly doubtedAt?: number;
}

const due = ({ world = {}, known, isNew = false, doubtedAt }: Case): FactsDue => {
  const of = known ? facts(known) : undefined;
  return factsDue(inputOf(world), {
    facts: known === undefined ? undefined : { of, askedAt: now },
    doubtedAt,
    seen: { startedAt: now, isNew },
  });
};

/** In how many minutes from now the facts are due, roughly. */
const dueIn = (given: Case): number => (due(given).dueAt - now) / minute;

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
    ['in about a minute where a drain has contradicted them since', { known: {}, doubtedAt: now + 1 }],
  ])('again %s', (_, given) => {
    expect(dueIn(given)).toBeCloseTo(1, 0);
  });

  it.each<[string, Case]>([
    ['where all are known', { known: {} }],
    ['where a new binding has all', { known: {}, isNew: true }],
    ['where a status remembers what could not be read', { known: { deregistrationDelaySeconds: undefined } }],
    ['where a drain had contradicted those before', { known: {}, doubtedAt: now }],
  ])('again in about an hour %s', (_, given) => {
    expect(dueIn(given)).toBeGreaterThanOrEqual(54);
    expect(dueIn(given)).toBeLessThanOrEqual(66);
  });

  it('again in about ten minutes where a target is refused', () => {
    expect(dueIn({ world: { more: { refused } }, known: {} })).toBeGreaterThanOrEqual(9);
    expect(dueIn({ world: { more: { refused } }, known: {} })).toBeLessThanOrEqual(11);
  });

  it('every 150 minutes where 3,000 groups share the quota and nothing waits', () => {
    const world = { more: { sharingQuota: { bindings: 3_000, busy: 0, phase: 0 } } };
    expect(dueIn({ world, known: {} })).toBeGreaterThanOrEqual(135);
    expect(dueIn({ world, known: {} })).toBeLessThanOrEqual(165);
    expect(dueIn({ world })).toBeGreaterThan(1);
    expect(dueIn({ world, isNew: true })).toBe(0);
  });

  it.each<[string, Case, Urgency]>([
    [
      'awaited where nothing can be planned without them',
      { world: { binding: { spec: { targetType: undefined } } } },
      'awaited',
    ],
    ['awaited where the binding is new', { isNew: true }, 'awaited'],
    ['routine where the binding was', { isNew: true, known: null }, 'routine'],
    ['routine where a status remembers them', {}, 'routine'],
  ])('as %s', (_, given, urgency) => {
    expect(due(given).urgency).toBe(urgency);
  });
});
