import { beforeEach, describe, expect, it } from '@jest/globals';
import { isSilence, type Trouble } from '../plan/index.ts';
import { createElbLane, type ElbLane } from './elb-lane.ts';
import { createFakeClock, settle, type FakeClock } from './fixtures/clock.ts';
import { createLane } from './lane.ts';
import type { Order, Turn, Urgency } from './turns.ts';

let clock: FakeClock;
let lane: ElbLane;
/** Those in the line; the first is called by `serve`. */
let line: { order: Order; onTurn: (turn: Turn) => void }[];
let isOpen: boolean;
/** When ELB last took a call of somebody else. */
let takenAt: number | undefined;
/** What was done, and the rounds that were asked for. */
let done: string[];

const full: Trouble = { reason: 'TooManyTargets', message: 'the group is full' };
const turn: Turn = { call: (send) => send(), giveBack: () => void done.push('given back') };

beforeEach(() => {
  clock = createFakeClock(5);
  line = [];
  isOpen = false;
  takenAt = undefined;
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
      takenAt: () => takenAt,
      mayGoAlone: () => true,
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
  expect(done).toEqual(['ask', 'given back']);
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
    offer('register', 'register');
    await clock.advance(9_999);
    expect(lane.trouble).toBeUndefined();
    await clock.advance(1);
    expect(done).toEqual(['ask']);
    const { trouble } = lane;
    expect(trouble).toMatchObject({ reason: 'BudgetUsedUp', since });
    // Gates would open: but AWS was not asked.
    expect(trouble && isSilence(trouble)).toBe(false);
    serve();
    expect(lane.trouble).toBeUndefined();
  });

  it('is told of a silence where AWS has taken no call for a minute, which lasts from the last', async () => {
    offer('register', 'register');
    await clock.advance(30_000);
    takenAt = clock.now();
    await clock.advance(59_999);
    expect(lane.trouble).toMatchObject({ reason: 'BudgetUsedUp' });
    done = [];
    await clock.advance(1);
    expect(lane.trouble).toMatchObject({ reason: 'Throttled', since: takenAt });
    expect(done).toEqual(['ask']);
  });

  it('is told so in place of what ELB answered last', async () => {
    isOpen = true;
    offer('register', 'register', full);
    await settle(5);
    expect(lane.trouble).toMatchObject(full);
    isOpen = false;
    await clock.advance(1_000);
    const since = clock.now();
    offer('register', 'register');
    await clock.advance(9_999);
    expect(lane.trouble).toMatchObject(full);
    await clock.advance(1);
    expect(lane.trouble).toMatchObject({ reason: 'BudgetUsedUp', since });
  });

  it('is told of an earlier silence that goes on', async () => {
    isOpen = true;
    const since = clock.now();
    offer('register', 'register', { reason: 'Unreachable', message: 'no answer' });
    await settle(5);
    isOpen = false;
    await clock.advance(1_000);
    offer('register', 'register');
    await clock.advance(10_000);
    expect(lane.trouble).toMatchObject({ reason: 'Unreachable', since });
  });

  it.each(['awaited', 'routine'] as const)('is not where the call is a look, %s', async (urgency) => {
    offer('look', urgency);
    await clock.advance(60_000);
    expect(done).toEqual([]);
    expect(lane.trouble).toBeUndefined();
  });
});

it('what waits is known to wait since it came into the line, until its call is made', async () => {
  const since = clock.now();
  expect(lane.waitingSince).toBeUndefined();
  offer('deregister', 'deregister');
  await clock.advance(3_000);
  expect(lane.waitingSince).toBe(since);
  serve();
  expect(lane.waitingSince).toBe(since);
  offer('deregister', 'deregister');
  expect(lane.waitingSince).toBeUndefined();
});

it('it is known whether anybody waits for what was done last', () => {
  isOpen = true;
  expect(lane.isRoutine).toBe(false);
  offer('look', 'routine');
  expect(lane.isRoutine).toBe(true);
});
