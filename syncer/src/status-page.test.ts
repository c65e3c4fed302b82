import { expect, it } from '@jest/globals';
import { inputOf } from './plan/fixtures.ts';
import { statusPage } from './status-page.ts';
import type { BindingView } from './sync/binding-view.ts';

const view = (changes: Partial<BindingView>): BindingView => ({
  binding: inputOf({}).binding,
  targetGroupArn: 'arn:web',
  states: new Map(),
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
      waiting: [{ pod: 'web-1', why: 'Health checks failed' }],
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

it('shows text from outside as text', () => {
  const { body } = statusPage([
    view({ problem: { reason: 'AwsError', message: '<script>alert("x")</script>' } }),
  ]);
  expect(body).not.toContain('<script>');
});
