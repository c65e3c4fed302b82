import { expect, it } from '@jest/globals';
import { apiPod } from '@targetgate/shared/fixtures';
import { projectPod, type PreStop } from '@targetgate/shared/model';
import type { Candidate, Resolution } from '@targetgate/shared/resolve';
import { outlastingOf, type Outlasting } from './outlast.ts';

type Hook = number | 'none' | 'other';

const hookOf = (hook: Hook): PreStop =>
  typeof hook === 'number' ? { kind: 'sleep', seconds: hook } : { kind: hook };

function candidate(n: number, hook: Hook, graceSeconds: number): Candidate {
  const name = `web-${n}`;
  const end = { graceSeconds, sidecars: [], containers: [{ name: 'app', preStop: hookOf(hook) }] };
  return {
    subject: { kind: 'pod', name, uid: name },
    registration: 'wanted',
    pod: { ...projectPod(apiPod()), name, end },
    target: { id: `10.0.0.${n}`, port: 8080 },
  };
}

const candidatesOf = (hooks: readonly Hook[], grace = 60): Resolution => ({
  candidates: hooks.map((hook, index) => candidate(index + 1, hook, grace)),
});

const say = (resolution: Resolution, isKnown = true): Outlasting | undefined =>
  outlastingOf(resolution, {
    groupName: 'web',
    names: { terminationLabel: 'elbv2.k8s.aws/graceful-termination' },
    needOf: () => ({
      binding: 'web',
      seconds: 25,
      because: 'routing margin',
      unknown: isKnown ? undefined : 'web',
    }),
  });

it.each<[string, Outlasting['status'], Outlasting['reason'], string, Resolution, boolean?]>([
  [
    'names the pods that get SIGTERM too early, and the remedy',
    'False',
    'SleepTooShort',
    '2 of 3 pods get SIGTERM before target group web has drained (20 s): web-1, web-3; set preStop.sleep.seconds to 25 and a longer terminationGracePeriodSeconds, or label the namespace elbv2.k8s.aws/graceful-termination=enabled, and restart them',
    candidatesOf(['none', 25, 5]),
  ],
  [
    'names the first few of many',
    'False',
    'SleepTooShort',
    '(20 s): web-1, web-2, web-3, and 2 more;',
    candidatesOf(['none', 'none', 'none', 'none', 'none']),
  ],
  [
    'does not wait for facts where a sleep is too short in any case',
    'False',
    'SleepTooShort',
    '(20 s at least)',
    candidatesOf([5]),
    false,
  ],
  [
    'names the pods whose grace is too short',
    'False',
    'GraceTooShort',
    '1 of 1 pods have a grace period',
    candidatesOf([25], 25),
  ],
  [
    'says that the drain is not known yet',
    'Unknown',
    'DelayNotKnown',
    'preStop hooks need 25 s at least',
    candidatesOf([300], 600),
    false,
  ],
  [
    'says what a hook of unknown length must last',
    'Unknown',
    'HookOfUnknownLength',
    '1 of 2 pods have a preStop hook of which only they know how long it takes: web-2; it must last 25 s',
    candidatesOf([25, 'other']),
  ],
  [
    'is content with pods that outlast the drain',
    'True',
    'AllOutlast',
    'all pods get SIGTERM after target group web has drained (20 s)',
    candidatesOf([25, 30]),
  ],
  ['says nothing of no pods', 'Unknown', 'NoPods', 'no pods are selected', { candidates: [] }],
])('the status of a binding %s', (_, status, reason, words, resolution, isKnown = true) => {
  expect(say(resolution, isKnown)).toEqual({ status, reason, message: expect.stringContaining(words) });
});

it('pods that end already do not count', () => {
  const leaving: Candidate = { ...candidate(1, 'none', 60), registration: 'leaving' };
  expect(say({ candidates: [leaving, candidate(2, 25, 60)] })).toMatchObject({ reason: 'AllOutlast' });
});

it('endpoints and nodes have no ends of their own', () => {
  const subject = { kind: 'endpoint', name: 'a', uid: 'a' } as const;
  const target = { id: '10.0.0.1', port: 8080 };
  expect(say({ candidates: [{ subject, registration: 'wanted', target }] })).toBeUndefined();
});
