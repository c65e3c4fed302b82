import { describe, expect, it } from '@jest/globals';
import type { AwaitedPod, Objection } from './objection.ts';
import { overdueWarning, refusalMessage, unknownWarning } from './wording.ts';

const noon = Date.UTC(2026, 4, 1, 12);
const awaited: AwaitedPod[] = [
  { name: 'web-2', obstacle: 'Elb.InitialHealthChecking' },
  { name: 'web-3', obstacle: 'waits for a node' },
];
const objection = (rule: Objection['rule'], pods: readonly AwaitedPod[] = []): Objection => ({
  rule,
  binding: 'web',
  awaited: pods,
});

describe('a refusal says', () => {
  const end = 'After 2026-05-01T12:00:00Z it is let go all the same, one pod a minute';
  const last = 'targetgate: without pod web-1 no healthy target of TargetGroupBinding web is left';

  it.each([
    [
      'what to do where nothing is on its way',
      objection('last_healthy'),
      `${last}; scale up, so that another can take its place. ${end}`,
    ],
    [
      'what is on its way to a group with one healthy target',
      objection('last_healthy', awaited),
      `${last}; not healthy: web-2 (Elb.InitialHealthChecking), web-3 (waits for a node). ${end}`,
    ],
    [
      'what is on its way to a group with others, the first three by name',
      objection('replacement_unhealthy', [...awaited, ...awaited, ...awaited]),
      `targetgate: TargetGroupBinding web has other pods that are not healthy: web-2 (Elb.InitialHealthChecking), web-3 (waits for a node), web-2 (Elb.InitialHealthChecking) and 3 more. ${end}`,
    ],
    [
      'who leaves a node before',
      objection('not_its_turn', [{ name: 'web-0', obstacle: 'on node-1' }]),
      `targetgate: pods of TargetGroupBinding web leave a node in the order of their names; before web-1: web-0 (on node-1). ${end}`,
    ],
  ])('%s', (_, what, message) => {
    expect(refusalMessage('web-1', what, noon)).toBe(message);
  });

  it('a time that has come when it is over', () => {
    expect(refusalMessage('web-1', objection('last_healthy'), noon + 1)).toContain('12:00:01Z');
  });
});

describe('a warning', () => {
  const warnings = (pod: string, binding: string): string[] => [
    unknownWarning(pod),
    ...(['last_healthy', 'replacement_unhealthy', 'not_its_turn'] as const).map((rule) =>
      overdueWarning(pod, { ...objection(rule), binding }, noon),
    ),
  ];

  it('says what happened all the same', () => {
    expect(warnings('web-1', 'web')).toEqual([
      "targetgate: pod web-1 is let go unchecked: the API server did not say how its target group's other pods are",
      'targetgate: pod web-1 is let go after refusals since 2026-05-01T12:00:00Z: no healthy target of TargetGroupBinding web is left',
      'targetgate: pod web-1 is let go after refusals since 2026-05-01T12:00:00Z: not all others of TargetGroupBinding web are healthy',
      'targetgate: pod web-1 is let go after refusals since 2026-05-01T12:00:00Z: others of TargetGroupBinding web on its node come first',
    ]);
  });

  it('is shown whole, however long the names are', () => {
    const long = 'x'.repeat(253);
    for (const warning of warnings(long, long)) expect(warning.length).toBeLessThanOrEqual(256);
  });
});
