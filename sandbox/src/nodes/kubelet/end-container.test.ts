import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fakeContainer } from './fake-container.ts';
import { endContainer } from './end-container.ts';
import { createGrace } from './grace.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

interface Case {
  readonly fact: string;
  readonly preStopMs: number;
  readonly graceMs: number;
  /** How long the container takes to end after SIGTERM; undefined for one that ignores it. */
  readonly endsInMs?: number;
  /** It ends by itself, unasked. */
  readonly endsAt?: number;
  /** A second delete call, with a shorter grace. */
  readonly shorter?: { readonly at: number; readonly graceMs: number };
  readonly steps: readonly string[];
}

describe('ending a container', () => {
  it.each<Case>([
    {
      fact: 'is SIGTERM at once without a hook',
      preStopMs: 0,
      graceMs: 30_000,
      endsInMs: 10,
      steps: ['sigterm 0', 'ended 10'],
    },
    {
      fact: 'waits for the hook',
      preStopMs: 5000,
      graceMs: 30_000,
      endsInMs: 0,
      steps: ['sigterm 5000', 'ended 5000'],
    },
    {
      fact: 'is SIGKILL when the grace is over',
      preStopMs: 2000,
      graceMs: 6000,
      steps: ['sigterm 2000', 'sigkill 6000', 'ended 6000'],
    },
    {
      fact: 'cuts a hook off that outlasts the grace, and then allows 2 s more',
      preStopMs: 9000,
      graceMs: 3000,
      steps: ['sigterm 3000', 'sigkill 5000', 'ended 5000'],
    },
    {
      fact: 'sends nothing to a container that ends during the hook',
      preStopMs: 5000,
      graceMs: 30_000,
      endsAt: 1000,
      steps: ['ended 1000'],
    },
    {
      fact: 'is hurried by a second delete with less grace',
      preStopMs: 5000,
      graceMs: 30_000,
      shorter: { at: 1000, graceMs: 1000 },
      steps: ['sigterm 2000', 'sigkill 4000', 'ended 4000'],
    },
    {
      fact: 'is not slowed by a second delete with more grace',
      preStopMs: 0,
      graceMs: 3000,
      shorter: { at: 1000, graceMs: 9000 },
      steps: ['sigterm 0', 'sigkill 3000', 'ended 3000'],
    },
  ])('$fact', async ({ preStopMs, graceMs, endsInMs, endsAt, shorter, steps }) => {
    const seen: string[] = [];
    const mark = (step: string): void => void seen.push(`${step} ${Date.now()}`);
    const { running, end } = fakeContainer({ endsInMs });
    const grace = createGrace();
    grace.endWithin(graceMs);
    if (endsAt !== undefined) setTimeout(end, endsAt, 0);
    if (shorter) setTimeout(() => grace.endWithin(shorter.graceMs), shorter.at);

    const ended = endContainer({ running, preStopMs, graceOver: grace.over, mark }).then(() => mark('ended'));
    await jest.advanceTimersByTimeAsync(60_000);
    await ended;
    expect(seen).toEqual(steps);
  });
});
