import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../sync/fixtures/clock.ts';
import { createCandidate, type Candidate } from './candidate.ts';
import { leaseOf } from './fixtures.ts';
import type { Standing } from './hold.ts';
import type { Lease } from './lease.ts';
import { createApiServer, type ApiServer } from './model/api-server.ts';
import { timingOf } from './timing.ts';

let clock: FakeClock;
let api: ApiServer;
let isDown: boolean;
/** How often it was asked for something. */
let asked: number;
let standings: Standing[];
let candidate: Candidate;

beforeEach(() => {
  clock = createFakeClock(10);
  api = createApiServer();
  isDown = false;
  [asked, answerMs] = [0, 0];
  standings = [];
  candidate = start('us_2');
});

function start(id: string): Candidate {
  async function answer<T>(act: () => T): Promise<T> {
    asked++;
    if (isDown) throw new Error('refused');
    const said = act();
    if (answerMs > 0) await new Promise<void>((resolve) => clock.at(clock.now() + answerMs, resolve));
    return said;
  }
  return createCandidate({
    api: { read: () => answer(() => api.read()), write: (...args) => answer(() => api.write(...args)) },
    identity: { id, isPredecessor: (holder) => holder === 'us_1' },
    timing: timingOf(7_000),
    clock,
    headStartMs: () => 0,
    onStanding: (standing) => standings.push(standing),
    onProblem: () => undefined,
  });
}

/** Another replica writes the Lease. */
function hold(holder: string): Lease | undefined {
  const acquireTime = '2026-01-01T12:00:00.000000Z';
  api.write(api.read(), { holderIdentity: holder, leaseDurationSeconds: 7, acquireTime });
  return api.read();
}

/** The answers of the API server take this long. */
let answerMs: number;

async function lead(): Promise<void> {
  candidate.see(hold(''));
  await clock.advance(0);
}

describe('a candidate', () => {
  it('takes a Lease that nobody holds', async () => {
    await lead();
    const { standing, fence } = candidate;
    expect([standing, fence.isOpen, api.read()?.holder]).toEqual(['leading', true, 'us_2']);
  });

  it('makes a Lease that is not there, and takes it when nobody can lead by one that was deleted', async () => {
    candidate.see(undefined);
    await clock.advance(6_999);
    expect([candidate.standing, api.read()?.holder]).toEqual(['standby', '']);
    await clock.advance(1);
    expect([candidate.standing, api.read()?.holder]).toEqual(['leading', 'us_2']);
  });

  it('renews what it holds, again and again', async () => {
    await lead();
    const first = Number(api.read()?.version);
    await clock.advance(15_000);
    expect(Number(api.read()?.version) - first).toBe(10);
    expect([candidate.standing, standings]).toEqual(['leading', ['leading']]);
  });

  it("takes another's when it was silent for its duration, and not before", async () => {
    candidate.see(hold('other_1'));
    await clock.advance(6_999);
    expect(candidate.standing).toBe('standby');
    await clock.advance(1);
    expect(candidate.standing).toBe('leading');
    expect(api.read()?.transitions).toBe(1);
  });

  it('takes what is let go at once', async () => {
    candidate.see(hold('other_1'));
    await clock.advance(100);
    candidate.see(hold(''));
    await clock.advance(0);
    expect(candidate.standing).toBe('leading');
  });

  it('whose watch is late finds out before it takes anything', async () => {
    candidate.see(hold('other_1'));
    await clock.advance(6_000);
    hold('other_1');
    await clock.advance(1_000);
    expect([candidate.standing, candidate.holder]).toEqual(['standby', 'other_1']);
    await clock.advance(7_000);
    expect(candidate.standing).toBe('leading');
  });

  it("takes its predecessor's at once, but only the one that it found when it began", async () => {
    candidate.see(hold('us_1'));
    await clock.advance(0);
    expect(candidate.standing).toBe('leading');

    const late = start('us_3');
    late.see(hold('other_1'));
    late.see(hold('us_1'));
    await clock.advance(0);
    expect(late.standing).toBe('standby');
  });
});

describe('a leader', () => {
  beforeEach(lead);

  it('pauses where it cannot renew, and goes on when it can', async () => {
    isDown = true;
    await clock.advance(4_999);
    expect(candidate.standing).toBe('leading');
    await clock.advance(1);
    expect([candidate.standing, candidate.fence.isOpen]).toEqual(['paused', false]);
    isDown = false;
    await clock.advance(500);
    expect([candidate.standing, candidate.fence.isOpen]).toEqual(['leading', true]);
    expect(standings).toEqual(['leading', 'paused', 'leading']);
  });

  it('stands by when another has taken the Lease', async () => {
    isDown = true;
    await clock.advance(8_000);
    candidate.see(hold('other_1'));
    expect(candidate.standing).toBe('standby');
    isDown = false;
    await clock.advance(6_000);
    expect(api.read()?.holder).toBe('other_1');
  });

  it('goes on where somebody else has written the Lease, and left it with it', async () => {
    hold('us_2');
    await clock.advance(3_000);
    expect([candidate.standing, standings]).toEqual(['leading', ['leading']]);
  });

  it('makes a Lease anew at once that somebody has deleted', async () => {
    api.remove();
    candidate.see(undefined);
    await clock.advance(0);
    expect([api.read()?.holder, standings]).toEqual(['us_2', ['leading']]);
  });

  it('whose Lease was deleted while it was paused does not go on: another one may have had it', async () => {
    isDown = true;
    await clock.advance(5_000);
    api.remove();
    isDown = false;
    candidate.see(undefined);
    await clock.advance(6_999);
    expect([standings, api.read()?.holder]).toEqual([['leading', 'paused', 'standby'], '']);
    await clock.advance(501);
    expect(candidate.standing).toBe('leading');
  });

  it('that cannot make its deleted Lease anew in time has lost it', async () => {
    isDown = true;
    api.remove();
    candidate.see(undefined);
    await clock.advance(5_000);
    expect(standings).toEqual(['leading', 'standby']);
  });

  it('may write for as long as it could since it sent its last renewal, however late the answer', async () => {
    answerMs = 2_000;
    await clock.advance(1_500);
    isDown = true;
    await clock.advance(4_999);
    expect(candidate.fence.isOpen).toBe(true);
    await clock.advance(1);
    expect(candidate.fence.isOpen).toBe(false);
  });

  it('is not told by a late answer that it leads, when the watch has told who does', async () => {
    answerMs = 2_000;
    await clock.advance(1_500);
    candidate.see(hold('other_1'));
    expect(candidate.fence.isOpen).toBe(false);
    await clock.advance(2_000);
    expect([candidate.fence.isOpen, candidate.standing]).toEqual([false, 'standby']);
  });

  it('whose writes are refused time and again asks no more than four times a second', async () => {
    api.write = () => ({ kind: 'refused' });
    asked = 0;
    await clock.advance(10_000);
    expect(asked).toBeLessThanOrEqual(40);
    expect(candidate.standing).toBe('paused');
  });

  it('that retires renews until it lets go, and takes nothing afterwards', async () => {
    candidate.retire();
    await clock.advance(20_000);
    expect(candidate.standing).toBe('leading');
    await candidate.release();
    expect([candidate.standing, candidate.fence.isOpen, api.read()?.holder]).toEqual(['standby', false, '']);
    candidate.see(leaseOf({ version: '999', holder: '' }));
    await clock.advance(20_000);
    expect(api.read()?.holder).toBe('');
  });

  it('that cannot let go ends all the same', async () => {
    isDown = true;
    await candidate.release();
    expect(candidate.fence.isOpen).toBe(false);
  });
});
