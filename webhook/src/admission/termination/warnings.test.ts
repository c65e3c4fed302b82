import { describe, expect, it } from '@jest/globals';
import type { Binding } from '@targetgate/shared/model';
import { bindingTo, draining, endOf, names, terminate, type Hook } from './fixtures.ts';

interface Case {
  readonly hooks: Readonly<Record<string, Hook>>;
  readonly grace?: number;
  readonly bindings?: readonly Binding[];
  readonly annotation?: string;
  readonly isAsked?: boolean;
  readonly isOld?: boolean;
}

const warningsOf = ({ hooks, grace = 400, bindings, annotation, isAsked = false, isOld = false }: Case) =>
  terminate(
    {
      end: endOf(grace, hooks),
      isAsked,
      ...(bindings && { bindings }),
      ...(annotation !== undefined && { annotations: { [names.terminationLabel]: annotation } }),
    },
    { hasNativeSleep: !isOld },
  ).warnings;

const cases: [string, Case, string[]][] = [
  ['nothing of a pod that sleeps for long enough', { hooks: { app: 305 } }, []],
  ['nothing of a pod that no binding selects', { hooks: { app: 'none' }, grace: 1, bindings: [] }, []],
  [
    'nothing of a pod that wants to be left alone',
    { hooks: { app: 'none' }, grace: 1, annotation: 'disabled' },
    [],
  ],
  ['nothing of what is injected', { hooks: { app: 'none' }, grace: 30, isAsked: true }, []],
  [
    'a sleep that is missing',
    { hooks: { app: 'none' } },
    [
      'container app has no preStop, but target group of binding web drains for 300 s: set preStop.sleep.seconds to 305, or namespace label elbv2.k8s.aws/graceful-termination=enabled',
    ],
  ],
  [
    'a sleep that is missing in several containers, and why it is so long',
    { hooks: { app: 'none', proxy: 'none', log: 305, shop: 'none' }, bindings: [bindingTo(draining(5))] },
    [
      'container app (and 2 more) has no preStop, but pods of binding web may get requests for 20 s more: set preStop.sleep.seconds to 25, or namespace label elbv2.k8s.aws/graceful-termination=enabled',
    ],
  ],
  [
    'a sleep that is missing, and the grace that it needs',
    { hooks: { app: 'none' }, grace: 30 },
    [
      'container app has no preStop, but target group of binding web drains for 300 s: set preStop.sleep.seconds to 305, or namespace label elbv2.k8s.aws/graceful-termination=enabled',
      'terminationGracePeriodSeconds is 30, but preStop needs 305 s of it, and the application what is left: set it to 335',
    ],
  ],
  [
    'a sleep that is missing, where the API server has none',
    { hooks: { app: 'none' }, isAsked: true, isOld: true },
    [
      'container app has no preStop, but target group of binding web drains for 300 s: let preStop.exec run sleep 305, as Kubernetes before 1.30 has no native sleep to add',
    ],
  ],
  [
    'a sleep that is too short',
    { hooks: { app: 5 } },
    [
      'preStop of container app sleeps for 5 s, but target group of binding web drains for 300 s: make it 305 s',
    ],
  ],
  [
    'a sleep that is too short, where leaving it out would do',
    { hooks: { app: 5, proxy: 10 }, isAsked: true },
    [
      'preStop of container app (and 1 more) sleeps for 5 s, but target group of binding web drains for 300 s: make it 305 s, or leave it out',
    ],
  ],
  [
    'a hook of unknown length, whoever else has a sleep now',
    { hooks: { app: 'other', proxy: 'none' }, isAsked: true },
    [
      'preStop of container app must last at least 305 s, as target group of binding web drains for 300 s; how long it does is not known here',
    ],
  ],
  [
    'a grace period that is shorter than the sleep',
    { hooks: { app: 'other', proxy: 310 }, grace: 300 },
    [
      'preStop of container app must last at least 305 s, as target group of binding web drains for 300 s; how long it does is not known here',
      'terminationGracePeriodSeconds is 300, but preStop needs 310 s of it, and the application what is left: set it to 610',
    ],
  ],
  [
    'a drain that is longer than any sleep may be',
    { hooks: { app: 'none' }, grace: 30, isAsked: true, bindings: [bindingTo(draining(3600))] },
    [
      'target group of binding web drains for 3600 s, but 600 s is the longest sleep that is added: lower deregistration_delay.timeout_seconds (aws elbv2 modify-target-group-attributes), or raise LONGEST_SLEEP',
    ],
  ],
  [
    'the same of a pod that has been given the longest already, and is asked about again',
    { hooks: { app: 600 }, grace: 630, isAsked: true, bindings: [bindingTo(draining(3600))] },
    [
      'target group of binding web drains for 3600 s, but 600 s is the longest sleep that is added: lower deregistration_delay.timeout_seconds (aws elbv2 modify-target-group-attributes), or raise LONGEST_SLEEP',
    ],
  ],
  [
    'a sleep that is too short, however long, where none is given',
    { hooks: { app: 600 }, grace: 4000, bindings: [bindingTo(draining(3600))] },
    [
      'preStop of container app sleeps for 600 s, but target group of binding web drains for 3600 s: make it 3605 s',
    ],
  ],
  [
    'a sleep that is shorter than the longest that is given, beside one that is given it',
    { hooks: { app: 5, proxy: 'none' }, isAsked: true, bindings: [bindingTo(draining(3600))] },
    [
      'target group of binding web drains for 3600 s, but 600 s is the longest sleep that is added: lower deregistration_delay.timeout_seconds (aws elbv2 modify-target-group-attributes), or raise LONGEST_SLEEP',
      'preStop of container app sleeps for 5 s, but target group of binding web drains for 3600 s: make it 600 s, or leave it out',
    ],
  ],
  [
    'a routing margin that is longer than any sleep may be',
    {
      hooks: { app: 'none' },
      isAsked: true,
      bindings: [bindingTo(draining(1), { annotations: { [names.annotation('routing-margin')]: '15m' } })],
    },
    [
      'pods of binding web may get requests for 900 s more, but 600 s is the longest sleep that is added: lower its annotation elbv2.k8s.aws/routing-margin, or raise LONGEST_SLEEP',
    ],
  ],
  [
    'what was assumed where the group is not known yet',
    { hooks: { app: 'none' }, isAsked: true, bindings: [bindingTo({})] },
    [
      'the status of binding web does not say yet how its target group drains, so 25 s of preStop are taken for enough: restart the pod when it does',
    ],
  ],
  [
    'what falls short even of what was assumed',
    { hooks: { app: 5 }, bindings: [bindingTo({ protocol: 'HTTP' })] },
    [
      'the status of binding web does not say yet how its target group drains, so 25 s of preStop are taken for enough: restart the pod when it does',
      'preStop of container app sleeps for 5 s, but pods of binding web may get requests for 20 s or longer: make it 25 s',
    ],
  ],
  [
    'an annotation that nobody understands',
    { hooks: { app: 305 }, annotation: 'yes' },
    [
      'annotation elbv2.k8s.aws/graceful-termination is "yes": it must be enabled, disabled, drain or routing',
    ],
  ],
];

describe('a user is told of', () => {
  it.each(cases)('%s', (_, given, expected) => {
    expect(warningsOf(given).map(({ text }) => text)).toEqual(expected.map((text) => `targetgate: ${text}`));
  });

  it('each thing once, in at most 256 characters, without losing the remedy to long names', () => {
    const [long, binding] = ['c'.repeat(63), 'b'.repeat(253)];
    const all = [false, true].flatMap((isAsked) =>
      ['none', 5, 'other'].flatMap((hook) =>
        [draining(3600), draining(0), {}].flatMap((group) => {
          const hooks = { [long]: hook as Hook, other: hook as Hook };
          const bindings = [bindingTo(group, { name: binding })];
          const found = warningsOf({ hooks, grace: 1, isAsked, bindings });
          expect(new Set(found.map(({ rule }) => rule)).size).toBe(found.length);
          return found;
        }),
      ),
    );
    const endings =
      /(enabled|LONGEST_SLEEP|when it does|known here|leave it out|make it \d+ s|set it to \d+)$/;
    for (const { text } of all) {
      expect(text.length).toBeLessThanOrEqual(256);
      expect(text).toMatch(endings);
    }
    expect(all.length).toBeGreaterThan(20);
  });

  it('what a user wrote, cut where it is too long', () => {
    const [warning] = warningsOf({ hooks: { app: 305 }, annotation: 'x'.repeat(300) });
    expect(warning?.text).toHaveLength(256);
    expect(warning?.text).toMatch(/xxx\.\.\.$/);
  });
});
