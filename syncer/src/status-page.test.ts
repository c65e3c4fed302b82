import { expect, it } from '@jest/globals';
import { entry, inputOf } from './plan/fixtures.ts';
import { statusPage } from './status-page.ts';
import type { BindingView } from './sync/binding-view.ts';

const view = (changes: Partial<BindingView>): BindingView => ({
  binding: inputOf({}).binding,
  targetGroupArn: 'arn:web',
  counts: undefined,
  states: new Map(),
  targetsInGroup: undefined,
  concerns: [],
  ungated: [],
  pending: [],
  problem: undefined,
  waiting: [],
  held: [],
  outlasting: undefined,
  ends: [],
  ...changes,
});

const pageOf = (views: BindingView[], shadow = false) =>
  statusPage(views, { shadow, leaders: [{ standing: 'leading', holder: 'syncer-1_a' }], now: 100_000 });

it('shows what a binding waits for', () => {
  const { body } = pageOf([
    view({
      states: new Map([['healthy', 2]]),
      problem: { reason: 'AccessDenied', message: 'not authorized' },
      waiting: [{ pod: 'web-1', why: 'Health checks failed', since: 0 }],
    }),
  ]);
  for (const text of [
    'shop/web',
    '2 healthy',
    'AccessDenied: not authorized',
    'web-1',
    'Health checks failed',
  ]) {
    expect(body).toContain(text);
  }
});

it('shows that a binding is in step once its group was looked at', () => {
  const counts = { desired: 1, healthy: 1, draining: 0, foreign: 0 };
  expect(pageOf([view({ counts })]).body).toContain('in step');
  const { body } = pageOf([view({})]);
  expect(body).toContain('not looked at yet');
  expect(body).not.toContain('in step');
});

it('shows what shadow mode would do', () => {
  const { body } = pageOf([view({ pending: ['register 10.0.0.7:8080'] })], true);
  expect(body).toContain('nothing is written');
  expect(body).toContain('would register 10.0.0.7:8080 now');
});

it('shows text from outside as text', () => {
  const { body } = pageOf([
    view({ problem: { reason: 'AwsError', message: '<script>alert("x")</script>' } }),
  ]);
  expect(body).not.toContain('<script>');
});

it('shows what needs a person: foreign targets, what is held and until when, and concerns', () => {
  const { target, subject } = entry(1);
  const { body } = pageOf([
    view({
      counts: { desired: 1, healthy: 1, draining: 0, foreign: 2 },
      concerns: [{ reason: 'QuotaReached', message: 'raise its quota' }],
      held: [{ target, subject, cause: 'service-gone', until: 'the service is back' }],
    }),
  ]);
  for (const text of [
    '2 foreign',
    'raise its quota',
    'web-1 keeps its target',
    'service-gone; until the service is back',
  ]) {
    expect(body).toContain(text);
  }
});

it('says at its top that nothing is written, in shadow mode and then only', () => {
  expect(pageOf([], true).body).toContain('Shadow mode');
  expect(pageOf([]).body).not.toContain('Shadow mode');
});

it('shows which pods end, and when the drain and they themselves are over', () => {
  const { body } = pageOf([
    view({
      ends: [
        { pod: 'web-1', deregisteredAt: 97_000, sigtermAt: 122_000, safeAt: 117_400 },
        { pod: 'web-2', deregisteredAt: undefined, sigtermAt: undefined, safeAt: undefined },
      ],
    }),
  ]);
  expect(body).toContain('web-1 ends<br><small>deregistered 3 s ago; SIGTERM in 22 s; drain over in 17 s');
  expect(body).toContain('not deregistered yet; SIGTERM at an unknown time; drain over at an unknown time');
});

it.each([
  ['leading', 'Shard 0: this replica leads.'],
  ['paused', 'Shard 0: this replica leads, but could not renew its Lease: it waits.'],
  ['standby', 'Shard 0: this replica stands by; the leader is syncer-1_a.'],
] as const)('says where a replica stands that is %s', (standing, words) => {
  const { body } = statusPage([], { shadow: false, leaders: [{ standing, holder: 'syncer-1_a' }], now: 0 });
  expect(body).toContain(words);
});
