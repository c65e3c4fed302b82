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
  ...changes,
});

it('shows what a binding waits for', () => {
  const { body } = statusPage([
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

it('shows what shadow mode would do', () => {
  const { body } = statusPage([view({ pending: ['register 10.0.0.7:8080'] })], { shadow: true });
  expect(body).toContain('nothing is written');
  expect(body).toContain('would register 10.0.0.7:8080 now');
});

it('shows text from outside as text', () => {
  const { body } = statusPage([
    view({ problem: { reason: 'AwsError', message: '<script>alert("x")</script>' } }),
  ]);
  expect(body).not.toContain('<script>');
});

it('shows what needs a person: foreign targets, what is held and until when, and concerns', () => {
  const { target, subject } = entry(1);
  const { body } = statusPage([
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
  expect(statusPage([], { shadow: true }).body).toContain('Shadow mode');
  expect(statusPage([], { shadow: false }).body).not.toContain('Shadow mode');
});
