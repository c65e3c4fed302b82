import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Trouble } from '../plan/index.ts';
import { createElbLane, type ElbLane } from './elb-lane.ts';
import { createFakeClock, settle, type FakeClock } from './fixtures/clock.ts';
import { createLane } from './lane.ts';
import type { Order, Turn, Urgency } from './turns.ts';

let clock: FakeClock;
let lane: ElbLane;
/** Those in the line; the first is called by `serve`. */
let line: { order: Order; onTurn: (turn: Turn) => void }[];
let isOpen: boolean;
/** What was done, and the rounds that were asked for. */
let done: string[];

const turn: Turn = { call: (send) => send() };

beforeEach(() => {
  clock = createFakeClock(5);
  line = [];
  isOpen = false;
  done = [];
  const ask = () => void done.push('ask');
  lane = createElbLane(createLane({ clock, onFree: () => undefined, onTrouble: () => undefined }), {
    turns: {
      wait: (order, onTurn) => {
        if (isOpen) onTurn(turn);
        else line.push({ order, onTurn });
        return () => {
          line = line.filter((waiter) => waiter.onTurn !== onTurn);
        };
      },
      close: () => undefined,
    },
    clock,
    ask,
  });
});

function serve(): void {
  const [first, ...others] = line;
  line = others;
  first?.onTurn(turn);
}

const offer = (what: string, urgency: Urgency = 'awaited', trouble?: Trouble): void =>
  lane.offer({ urgency, role: undefined, about: 'arn:web' }, () => {
    done.push(what);
    return Promise.resolve(trouble);
  });

it('work begins before the offer returns where its turn is there', () => {
  isOpen = true;
  offer('look');
  expect(done).toEqual(['look']);
});

it('when a turn comes later a round is asked for, and what is offered then is done', async () => {
  offer('planned long ago');
  serve();
  expect(done).toEqual(['ask']);
  offer('planned now');
  await settle(5);
  expect(done).toEqual(['ask', 'planned now']);
  expect(line).toEqual([]);
});

it('the same offer again keeps its place, and one of another urgency has another', () => {
  offer('look', 'routine');
  offer('look', 'routine');
  expect(line.map(({ order }) => order.urgency)).toEqual(['routine']);
  offer('look', 'awaited');
  expect(line.map(({ order }) => order.urgency)).toEqual(['awaited']);
});

it.each(['leave', 'dismiss', 'close'] as const)('after %s nothing is left in the line', (how) => {
  offer('look');
  lane[how]();
  expect(line).toEqual([]);
});

it('a turn that came for work which is not due any more is not used for later work', () => {
  offer('look');
  serve();
  lane.leave();
  offer('another look');
  expect(done).toEqual(['ask']);
  expect(line).toHaveLength(1);
});

it('nothing waits in the line while work is under way', () => {
  isOpen = true;
  offer('look');
  isOpen = false;
  offer('another look');
  expect(line).toEqual([]);
});

describe('who has waited for 10 s', () => {
  it('is told why, and since when', async () => {
    const since = clock.now();
    offer('look');
    await clock.advance(9_999);
    expect(lane.trouble).toBeUndefined();
    await clock.advance(1);
    expect(done).toEqual(['ask']);
    expect(lane.trouble).toMatchObject({ reason: 'Throttled', since });
    serve();
    expect(lane.trouble).toBeUndefined();
  });

  it('is not where nobody waits for the answer', async () => {
    offer('look', 'routine');
    await clock.advance(60_000);
    expect(lane.trouble).toBeUndefined();
  });
});
