import { describe, expect, it } from '@jest/globals';
import type { CheckFailure } from './check-result.ts';
import { next, unborn, type Life, type LifeEvent, type LifeRules } from './target-life.ts';

const rules: LifeRules = {
  now: 1000,
  inUse: true,
  registrationMs: 100,
  drainMs: 300,
  healthyThreshold: 3,
  unhealthyThreshold: 2,
};

const failure: CheckFailure = { passed: false, reason: 'Target.ResponseCodeMismatch', code: 503 };
const timeout: CheckFailure = { passed: false, reason: 'Target.Timeout' };

const register: LifeEvent = { kind: 'register' };
const deregister: LifeEvent = { kind: 'deregister' };
const attach: LifeEvent = { kind: 'attach' };
const detach: LifeEvent = { kind: 'detach' };
const time: LifeEvent = { kind: 'time' };
const pass: LifeEvent = { kind: 'check', result: { passed: true } };
const fail: LifeEvent = { kind: 'check', result: failure };
const hang: LifeEvent = { kind: 'check', result: timeout };

const unused: Life = { phase: 'unused' };
const registering: Life = { phase: 'registering', until: 1100 };
const checking: Life = { phase: 'checking', failures: 0 };
const healthy: Life = { phase: 'healthy', failures: 0 };
const unhealthy: Life = { phase: 'unhealthy', passes: 0, failure };
const draining: Life = { phase: 'draining', until: 1300 };
const gone: Life = { phase: 'gone' };

type Row = [fact: string, life: Life, event: LifeEvent, after: Life, rules?: Partial<LifeRules>];

const rows: Row[] = [
  ['a new target is registering for the registration time', unborn, register, registering],
  ['a new target of a group that no listener uses is unused', unborn, register, unused, { inUse: false }],
  ['registration is not over before its time', registering, time, registering, { now: 1099 }],
  ['registration is over at its time', registering, time, checking, { now: 1100 }],
  ['a check result that comes during registration does not count', registering, pass, registering],
  ['ONE passing check makes a new target healthy', checking, pass, healthy],
  [
    'a failed check before the threshold leaves a new target initial',
    checking,
    fail,
    { phase: 'checking', failures: 1 },
  ],
  [
    'failed checks up to the threshold make a new target unhealthy',
    { phase: 'checking', failures: 1 },
    fail,
    unhealthy,
  ],
  [
    'one failed check does not make a healthy target unhealthy',
    healthy,
    fail,
    { phase: 'healthy', failures: 1 },
  ],
  [
    'failed checks in a row make a healthy target unhealthy',
    { phase: 'healthy', failures: 1 },
    fail,
    unhealthy,
  ],
  ['a passing check in between clears the failures', { phase: 'healthy', failures: 1 }, pass, healthy],
  ['one passing check does not bring an unhealthy target back', unhealthy, pass, { ...unhealthy, passes: 1 }],
  ['passing checks up to the threshold bring it back', { ...unhealthy, passes: 2 }, pass, healthy],
  ['a failed check in between clears the passes', { ...unhealthy, passes: 2 }, fail, unhealthy],
  ['an unhealthy target carries its latest reason', unhealthy, hang, { ...unhealthy, failure: timeout }],
  ['registering a healthy target changes nothing', healthy, register, healthy],
  ['registering an unhealthy target changes nothing', unhealthy, register, unhealthy],
  ['registering a draining target starts it anew', draining, register, registering],
  ['registering a target that is gone starts it anew', gone, register, registering],
  ['a deregistered healthy target drains for the delay', healthy, deregister, draining],
  ['a deregistered target drains even before its first check', registering, deregister, draining],
  ['a deregistered unused target drains too', unused, deregister, draining],
  [
    'deregistering again does not prolong the drain',
    { phase: 'draining', until: 1200 },
    deregister,
    { phase: 'draining', until: 1200 },
  ],
  ['deregistering a target that is gone changes nothing', gone, deregister, gone],
  ['without a delay a deregistered target is gone at once', healthy, deregister, gone, { drainMs: 0 }],
  ['draining is not over before its time', draining, time, draining, { now: 1299 }],
  ['draining is over at its time', draining, time, gone, { now: 1300 }],
  ['a check result that comes during the drain does not count', draining, pass, draining],
  ['a listener starts the registration of an unused target', unused, attach, registering],
  ['another listener changes nothing for a healthy target', healthy, attach, healthy],
  ['a healthy target becomes unused with the last listener', healthy, detach, unused],
  ['a draining target goes on draining without a listener', draining, detach, draining],
];

describe('the life of a target', () => {
  it.each(rows)('%s', (_fact, life, event, after, change = {}) => {
    expect(next(life, event, { ...rules, ...change })).toEqual(after);
  });

  it('gives back the same object when nothing changes', () => {
    expect(next(healthy, pass, rules)).toBe(healthy);
    expect(next(unused, pass, rules)).toBe(unused);
  });
});
