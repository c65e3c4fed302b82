import { describe, expect, it } from '@jest/globals';
import { apiBinding, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import type { RawObject } from '@targetgate/shared/kube';
import { namesOf } from '@targetgate/shared/names';
import { bindingsOfPod } from '@targetgate/shared/resolve';
import { injectionOf } from './injection.ts';

const names = namesOf('elbv2.k8s.aws');
const gate = (bindingName: string): string => names.gate(bindingName);
const labels = { app: 'web' };
const legacy = 'target-health.alb.ingress.k8s.aws/web-80';
const fits = 'a'.repeat(63);
const tooLong = 'b'.repeat(64);

const bindingNamed = (name: string): RawObject => apiBinding({ metadata: { name } });

interface Row {
  bindings?: RawObject[];
  services?: RawObject[];
  gates?: string[];
  pod?: { namespace?: string; labels?: Record<string, string> };
  append?: string[];
  remove?: string[];
  warned?: number;
}

const rows: [string, Row][] = [
  ['a pod without a binding gets none', {}],
  ['a pod of a binding gets its gate', { bindings: [bindingNamed('web')], append: [gate('web')] }],
  [
    'a pod of several bindings gets theirs in the order of the names',
    { bindings: [bindingNamed('b'), bindingNamed('a')], append: [gate('a'), gate('b')] },
  ],
  ['a gate that is there is not added again', { bindings: [bindingNamed('web')], gates: [gate('web')] }],
  [
    'a pod that has one of two gets the other',
    { bindings: [bindingNamed('a'), bindingNamed('b')], gates: [gate('b')], append: [gate('a')] },
  ],
  ['gates of others stay', { gates: ['example.com/warm', gate('gone')] }],
  ['a gate of LBC v1 goes, bound or not', { gates: ['example.com/warm', legacy], remove: [legacy] }],
  [
    'a pod that the service does not select gets none',
    { bindings: [bindingNamed('web')], pod: { labels: {} } },
  ],
  ['a pod of another namespace gets none', { bindings: [bindingNamed('web')], pod: { namespace: 'other' } }],
  ['a binding whose service is missing gives none', { bindings: [bindingNamed('web')], services: [] }],
  ['a binding of instances gives none', { bindings: [apiBinding({ spec: { targetType: 'instance' } })] }],
  [
    'a binding whose type is to be found out gives its gate',
    { bindings: [apiBinding({ spec: { targetType: undefined } })], append: [gate('web')] },
  ],
  [
    'a binding whose type was found out to be instance gives none',
    {
      bindings: [
        apiBinding({
          spec: { targetType: undefined },
          status: { targetGroup: { arn: 'arn:web', targetType: 'instance' } },
        }),
      ],
    },
  ],
  [
    'a binding that is being deleted gives none',
    { bindings: [apiBinding({ metadata: { deletionTimestamp: '2026-05-01T12:00:00Z' } })] },
  ],
  ['a name of 63 characters fits a gate', { bindings: [bindingNamed(fits)], append: [gate(fits)] }],
  [
    'a longer one is skipped with a warning; the others are not',
    { bindings: [bindingNamed('a'), bindingNamed(tooLong)], append: [gate('a')], warned: 1 },
  ],
];

/** The injection into a pod, given the bindings that select it. */
function inject({ bindings = [], services = [apiService()], gates = [], pod }: Row, of = names) {
  const view = snapshotOf({ bindings, services });
  return injectionOf(gates, bindingsOfPod({ namespace: 'shop', labels, ...pod }, view), of);
}

describe('the injection of gates', () => {
  it.each(rows)('%s', (_, row) => {
    const { append = [], remove = [], warned = 0 } = row;
    const { warnings, ...injection } = inject(row);
    expect(injection).toEqual({ append, remove });
    expect(warnings.map(({ rule }) => rule)).toEqual(Array(warned).fill('gate_name_too_long'));
  });

  it('warns in 256 characters of which binding has no gate and what to do about it', () => {
    const [warning] = inject({ bindings: [bindingNamed('c'.repeat(253))] }).warnings;
    expect(warning?.text).toContain('c'.repeat(100));
    expect(warning?.text).toContain('longer than 63 characters; give it a shorter one');
    expect(warning?.text.length).toBeLessThanOrEqual(256);
  });

  it('follows the API group', () => {
    const { append } = inject({ bindings: [apiBinding()] }, namesOf('targetgate.dev'));
    expect(append).toEqual(['target-health.targetgate.dev/web']);
  });
});
