import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../sync/fixtures/clock.ts';
import type { ElbResult } from '../../sync/target-groups.ts';
import type { Turn, Urgency } from '../../sync/turns.ts';
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

function wait(urgency: Urgency, who: string = urgency, about = arnIn('eu-west-1', who)): () => void {
  return budget.wait({ urgency, role: undefined, about }, (turn) => turns.push({ who, turn }));
}

const waitAll = (urgency: Urgency, count: number): void => {
  for (let n = 0; n < count; n++) wait(urgency, `${urgency} ${n}`);
};
const had = () => turns.map(({ who }) => who);
const ok: ElbResult<string> = { ok: 'done' };
const throttled: ElbResult<string> = { trouble: { reason: 'Throttled', message: 'Rate exceeded' } };
const answer = async (turn: Turn | undefined, result: ElbResult<string>) =>
  turn?.call(() => Promise.resolve(result));
const paceOf = (kind: string) => [...budget.purses()].find((purse) => purse.kind === kind)?.perSecond ?? 0;

describe('with tokens to spare', () => {
  it('a turn comes before the request for it returns', () => {
    wait('awaited');
    expect(had()).toEqual(['awaited']);
    expect(waits).toEqual([{ urgency: 'awaited', seconds: 0 }]);
  });

  it('registrations leave a second’s worth of calls for deregistrations', () => {
    waitAll('register', 20);
    expect(turns).toHaveLength(7);
    waitAll('deregister', 3);
    expect(had().slice(7)).toEqual(['deregister 0', 'deregister 1', 'deregister 2']);
  });

  it('routine looks leave some for those that somebody awaits', () => {
    waitAll('routine', 40);
    expect(turns).toHaveLength(15);
    waitAll('awaited', 5);
    expect(turns).toHaveLength(20);
  });

  it('calls that change nothing, other accounts and other regions have tokens of their own', () => {
    waitAll('register', 20);
    turns.length = 0;
    wait('awaited');
    wait('register', 'there', arnIn('us-east-2'));
    wait('register', 'theirs', arnIn('eu-west-1').replace('111', '222'));
    expect(had()).toEqual(['awaited', 'there', 'theirs']);
  });
});

describe('without tokens', () => {
  beforeEach(() => {
    waitAll('deregister', 10);
    turns.length = 0;
    waits.length = 0;
  });

  it('a deregistration has the next turn, whoever waits', async () => {
    waitAll('register', 20);
    await clock.advance(300);
    wait('deregister');
    await clock.advance(100);
    expect(had()).toEqual(['deregister']);
    expect(waits).toEqual([{ urgency: 'deregister', seconds: expect.closeTo(0.1, 1) }]);
  });

  it('who has left has no turn, and costs none', async () => {
    wait('deregister', 'one')();
    wait('deregister', 'two');
    await clock.advance(402);
    expect(had()).toEqual(['two']);
  });

  it('the pace grows while calls wait and ELB does not object', async () => {
    waitAll('deregister', 30);
    await clock.advance(4_000);
    expect(turns).toHaveLength(30);
    expect(paceOf('mutating')).toBeGreaterThan(10);
  });

  it('the pace stays while nobody waits', async () => {
    await clock.advance(60_000);
    wait('register');
    expect(paceOf('mutating')).toBe(2.5);
  });
});

describe('when ELB throttles', () => {
  it('the pace falls once for all calls that were under way together', async () => {
    waitAll('deregister', 10);
    await Promise.all(turns.map(({ turn }) => answer(turn, throttled)));
    expect(paceOf('mutating')).toBe(1.25);
  });

  it('it falls again for a call of the new pace', async () => {
    wait('deregister', 'one');
    await answer(turns[0]?.turn, throttled);
    wait('deregister', 'two');
    await clock.advance(801);
    await answer(turns[1]?.turn, throttled);
    expect(paceOf('mutating')).toBeCloseTo(0.6, 1);
  });

  it('no call is made before a token has come in: ELB’s own bucket is empty', async () => {
    wait('deregister', 'one');
    await answer(turns[0]?.turn, throttled);
    wait('deregister', 'two');
    await clock.advance(750);
    expect(had()).toEqual(['one']);
    await clock.advance(60);
    expect(had()).toEqual(['one', 'two']);
  });

  it('other trouble changes nothing, and the caller is told what ELB said', async () => {
    waitAll('deregister', 3);
    const refused: ElbResult<string> = { trouble: { reason: 'AccessDenied', message: 'no' } };
    expect(await answer(turns[0]?.turn, refused)).toBe(refused);
    expect(await answer(turns[1]?.turn, ok)).toBe(ok);
    expect(paceOf('mutating')).toBe(2.5);
    expect(await answer(turns[2]?.turn, throttled)).toBe(throttled);
  });
});

describe('when it is closed', () => {
  it('those who wait have their turns, and no call is made in them', async () => {
    waitAll('deregister', 12);
    budget.close();
    wait('register', 'late');
    wait('register', 'elsewhere', arnIn('us-east-2'));
    expect(turns).toHaveLength(14);
    for (const { turn } of turns.slice(10)) {
      expect(await answer(turn, ok)).toMatchObject({ trouble: { reason: 'Unreachable' } });
    }
    expect([...budget.purses()].map(({ waiting }) => waiting)).toEqual([0, 0]);
  });
});
