import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../sync/fixtures/clock.ts';
import type { ElbResult } from '../../sync/target-groups.ts';
import type { Order, Turn, Urgency } from '../../sync/turns.ts';
import { createBudget, type Budget } from './index.ts';

let clock: FakeClock;
let budget: Budget;
/** Those whose turn has come. */
let turns: { who: string; turn: Turn }[];
let waits: { urgency: Urgency; seconds: number }[];

beforeEach(() => {
  clock = createFakeClock(1);
  turns = [];
  waits = [];
  budget = createBudget({ clock, onWaited: (urgency, seconds) => waits.push({ urgency, seconds }) });
});

const arnIn = (region: string, name = 'web') =>
  `arn:aws:elasticloadbalancing:${region}:111111111111:targetgroup/${name}/0`;

/** Waits for a turn; gives how to leave the line. */
function wait(urgency: Urgency, who: string = urgency, order: Partial<Order> = {}): () => void {
  return budget.wait({ urgency, role: undefined, about: arnIn('eu-west-1', who), ...order }, (turn) =>
    turns.push({ who, turn }),
  );
}

const waitAll = (urgency: Urgency, count: number): void => {
  for (let n = 0; n < count; n++) wait(urgency, `${urgency} ${n}`);
};
const had = () => turns.map(({ who }) => who);
const ok: ElbResult<string> = { ok: 'done' };
const throttled: ElbResult<string> = { trouble: { reason: 'Throttled', message: 'Rate exceeded' } };
const silence: ElbResult<string> = { trouble: { reason: 'Unreachable', message: 'no answer' } };
const answer = async (turn: Turn | undefined, result: ElbResult<string>) =>
  turn?.call(() => Promise.resolve(result));
const paceOf = (kind: string) => [...budget.purses()].find((purse) => purse.kind === kind)?.perSecond ?? 0;

/** Answers each call as soon as its turn comes, for so many milliseconds. */
async function answerFor(ms: number, result: ElbResult<string>): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    for (const { turn } of turns.splice(0)) await answer(turn, result);
    await clock.advance(100);
  }
}

describe('with tokens to spare', () => {
  it('a turn comes before the request for it returns', () => {
    wait('awaited');
    expect(had()).toEqual(['awaited']);
    expect(waits).toEqual([{ urgency: 'awaited', seconds: 0 }]);
  });

  it.each([
    ['registrations', 'register', 'deregister'],
    ['routine looks', 'routine', 'awaited'],
  ] as const)('%s leave a quarter of the bucket for what goes first', (_, last, first) => {
    waitAll(last, 20);
    expect(turns).toHaveLength(15);
    waitAll(first, 6);
    expect(had().slice(15)).toEqual(Array.from({ length: 5 }, (__, n) => `${first} ${n}`));
  });

  it('calls that change nothing, other roles’ accounts and other regions have tokens of their own', () => {
    waitAll('register', 20);
    turns.length = 0;
    wait('awaited');
    wait('register', 'there', { about: arnIn('us-east-2') });
    wait('register', 'theirs', {
      role: { arn: 'arn:aws:iam::222222222222:role/targets', externalId: undefined },
    });
    expect(had()).toEqual(['awaited', 'there', 'theirs']);
  });
});

describe('calls that others would share if they waited', () => {
  const order: Order = { urgency: 'register', role: undefined, about: arnIn('eu-west-1') };
  const goAlone = (): number => {
    let count = 0;
    while (count < 100 && budget.mayGoAlone(order)) count++;
    return count;
  };

  it('may go alone five at once, and then one a second', async () => {
    expect(goAlone()).toBe(5);
    await clock.advance(2_000);
    expect(goAlone()).toBe(2);
    await clock.advance(60_000);
    expect(goAlone()).toBe(5);
  });

  it('may not while others wait for tokens', async () => {
    waitAll('deregister', 21);
    expect(goAlone()).toBe(0);
    await clock.advance(1_000);
    expect(goAlone()).toBe(5);
  });

  it('may half as often after a throttle', async () => {
    wait('register');
    await answer(turns[0]?.turn, throttled);
    await clock.advance(1_000);
    expect(goAlone()).toBe(2);
  });
});

describe('without tokens', () => {
  beforeEach(() => {
    waitAll('deregister', 20);
    turns.length = 0;
    waits.length = 0;
  });

  it('a deregistration has the next turn, whoever waits', async () => {
    waitAll('register', 20);
    await clock.advance(200);
    wait('deregister');
    await clock.advance(100);
    expect(had()).toEqual(['deregister']);
    expect(waits).toEqual([{ urgency: 'deregister', seconds: expect.closeTo(0.05, 1) }]);
  });

  it('who has left has no turn, and costs none', async () => {
    wait('deregister', 'one')();
    wait('deregister', 'two');
    await clock.advance(251);
    expect(had()).toEqual(['two']);
  });

  it('the pace grows while calls wait and ELB takes them', async () => {
    waitAll('deregister', 60);
    await answerFor(4_000, ok);
    expect(paceOf('mutating')).toBeGreaterThan(15);
  });

  it('it grows to eight times what it began with', async () => {
    waitAll('deregister', 1_000);
    await answerFor(20_000, ok);
    expect(paceOf('mutating')).toBe(32);
  });

  it.each([
    ['without an answer', silence],
    ['with refusals only', { trouble: { reason: 'AccessDenied', message: 'no' } } as const],
  ])('the pace stays while calls wait %s', async (_, result) => {
    waitAll('deregister', 60);
    await answerFor(10_000, result);
    expect(paceOf('mutating')).toBe(4);
  });

  it('the first answer after a long silence is worth two seconds', async () => {
    waitAll('deregister', 300);
    await answerFor(60_000, silence);
    await clock.advance(251);
    await answer(turns[0]?.turn, ok);
    expect(paceOf('mutating')).toBe(16);
  });

  it('the pace stays while nobody waits', async () => {
    for (const { turn } of turns) await answer(turn, ok);
    await clock.advance(60_000);
    wait('deregister');
    await answer(turns.at(-1)?.turn, ok);
    expect(paceOf('mutating')).toBe(4);
  });
});

describe('when ELB throttles', () => {
  it('the pace falls once for all calls that were under way together', async () => {
    waitAll('deregister', 10);
    await Promise.all(turns.map(({ turn }) => answer(turn, throttled)));
    expect(paceOf('mutating')).toBe(2);
  });

  it('it falls again for a call of the new pace', async () => {
    wait('deregister', 'one');
    await answer(turns[0]?.turn, throttled);
    wait('deregister', 'two');
    await clock.advance(501);
    await answer(turns[1]?.turn, throttled);
    expect(paceOf('mutating')).toBeCloseTo(1, 1);
  });

  it('no call is made before a token has come in: ELB’s own bucket is empty', async () => {
    wait('deregister', 'one');
    await answer(turns[0]?.turn, throttled);
    wait('deregister', 'two');
    await clock.advance(450);
    expect(had()).toEqual(['one']);
    await clock.advance(60);
    expect(had()).toEqual(['one', 'two']);
  });

  it('a throttled registration leaves a token for the next deregistration, however often', async () => {
    waitAll('register', 100);
    await answerFor(60_000, throttled);
    expect(paceOf('mutating')).toBeLessThan(1);
    turns.length = 0;
    wait('deregister');
    expect(had()).toEqual(['deregister']);
  });

  it('a bad minute is forgotten when hours were quiet', async () => {
    const leaveAll = Array.from({ length: 100 }, () => wait('register'));
    await answerFor(60_000, throttled);
    expect(paceOf('mutating')).toBeLessThan(1);
    for (const leave of leaveAll) leave();
    await clock.advance(3_600_000);
    expect(paceOf('mutating')).toBe(4);
    turns.length = 0;
    waitAll('deregister', 20);
    expect(turns).toHaveLength(20);
  });

  it('a throttled change halves the pace of questions too, and their burst, once', async () => {
    wait('awaited', 'before');
    for (const who of ['one', 'two']) {
      wait('deregister', who);
      await answer(turns.find((turn) => turn.who === who)?.turn, throttled);
      await clock.advance(600);
    }
    expect(paceOf('non-mutating')).toBeCloseTo(2.5, 0);
    turns.length = 0;
    waitAll('awaited', 20);
    expect(turns.length).toBeLessThanOrEqual(11);
  });

  it('a throttled question slows no change down', async () => {
    wait('deregister', 'before');
    wait('awaited');
    await answer(turns.find(({ who }) => who === 'awaited')?.turn, throttled);
    expect(paceOf('mutating')).toBe(4);
  });

  it('other trouble changes nothing, and the caller is told what ELB said', async () => {
    waitAll('deregister', 3);
    const refused: ElbResult<string> = { trouble: { reason: 'AccessDenied', message: 'no' } };
    expect(await answer(turns[0]?.turn, refused)).toBe(refused);
    expect(await answer(turns[1]?.turn, ok)).toBe(ok);
    expect(paceOf('mutating')).toBe(4);
    expect(await answer(turns[2]?.turn, throttled)).toBe(throttled);
  });
});

describe('while calls hang', () => {
  let ends: (() => void)[];
  const hang = (turn: Turn): Promise<unknown> =>
    turn.call(() => new Promise((resolve) => ends.push(() => resolve(silence))));

  async function hangAll(urgency: Urgency): Promise<number> {
    ends = [];
    let hanging = 0;
    waitAll(urgency, 100);
    for (let second = 0; second < 60; second++) {
      for (const { turn } of turns.splice(0)) {
        void hang(turn);
        hanging++;
      }
      await clock.advance(200);
    }
    return hanging;
  }

  it('25 questions are under way at the most; the next one follows when one of them ends', async () => {
    expect(await hangAll('routine')).toBe(25);
    ends[0]?.();
    await clock.advance(0);
    expect(turns).toHaveLength(1);
  });

  it('a turn that is given back is another’s, and so is its token', () => {
    waitAll('awaited', 30);
    expect(turns).toHaveLength(20);
    turns[0]?.turn.giveBack();
    turns[0]?.turn.giveBack();
    expect(turns).toHaveLength(21);
  });

  it('changes are made all the same', async () => {
    expect(await hangAll('deregister')).toBeGreaterThan(50);
  });
});

it('when ELB last took a call is known for each quota', async () => {
  const takenAt = (urgency: Urgency) =>
    budget.takenAt({ urgency, role: undefined, about: arnIn('eu-west-1') });
  wait('register');
  wait('awaited');
  await answer(turns[0]?.turn, ok);
  await answer(turns[1]?.turn, silence);
  const at = clock.now();
  await clock.advance(1_000);
  expect([takenAt('deregister'), takenAt('awaited')]).toEqual([at, undefined]);
});

describe('the purse of a scope', () => {
  it('is dropped when it was not used for an hour, and there are new ones', async () => {
    wait('deregister', 'here');
    await answer(turns[0]?.turn, ok);
    await clock.advance(3_000_000);
    wait('deregister', 'there', { about: arnIn('us-east-2') });
    await clock.advance(600_000);
    wait('deregister', 'elsewhere', { about: arnIn('us-west-1') });
    expect([...budget.purses()].map(({ scope }) => scope)).toEqual(['own/us-east-2', 'own/us-west-1']);
  });

  it('is that of the environment’s region for a name', () => {
    budget = createBudget({ clock, onWaited: () => undefined, region: 'eu-north-1' });
    wait('awaited', 'web', { about: 'web' });
    expect([...budget.purses()].map(({ scope }) => scope)).toEqual(['own/eu-north-1']);
  });
});

describe('a share of it', () => {
  const shareOf = (share: number): void => {
    budget = createBudget({ clock, onWaited: () => undefined, share });
  };

  it.each([
    ['a half', 1 / 2, 10, 2],
    ['a ninetieth', 1 / 90, 2, 4 / 90],
  ])('that is %s has as much of the bucket and of the pace', (_, share, atOnce, perSecond) => {
    shareOf(share);
    waitAll('deregister', 30);
    expect(turns).toHaveLength(atOnce);
    expect(paceOf('mutating')).toBeCloseTo(perSecond);
  });

  it('that ELB throttles never asks more often than before', async () => {
    shareOf(1 / 90);
    wait('register');
    await answer(turns[0]?.turn, throttled);
    expect(paceOf('mutating')).toBeCloseTo(4 / 180);
  });
});

describe('when it is closed', () => {
  it('those who wait have their turns, and no call is made in them', async () => {
    waitAll('deregister', 22);
    budget.close();
    wait('register', 'late');
    wait('register', 'elsewhere', { about: arnIn('us-east-2') });
    expect(turns).toHaveLength(24);
    for (const { turn } of turns.slice(20)) {
      expect(await answer(turn, ok)).toMatchObject({ trouble: { reason: 'Unreachable' } });
    }
    expect([...budget.purses()].map(({ waiting }) => waiting)).toEqual([0, 0]);
  });
});
