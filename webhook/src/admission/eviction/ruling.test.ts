import { describe, expect, it } from '@jest/globals';
import { KubeUnreachable } from '@targetgate/shared/kube';
import { gate, podWith } from './fixtures.ts';
import { createJudge } from './ruling.ts';
import type { Standing } from './standing.ts';

const start = Date.UTC(2026, 4, 1, 12);
const minute = 60_000;

/** Where a pod stands that has these other pods beside it. */
function standing(name: string, ...others: string[]): Standing {
  const pods = [name, ...others].map((each) => podWith(each));
  return { kind: 'known', pod: podWith(name), bindings: [{ binding: 'web', gate, pods }] };
}
const alone = standing('web-1');
const real = { dryRun: false };
const dry = { dryRun: true };

/** A judge with a deadline of 10 minutes, and its clock. */
function createBench(deadlineMs = 10 * minute) {
  let now = start;
  const judge = createJudge({ clock: { now: () => now }, deadlineMs });
  return {
    judge,
    pass: (ms: number) => void (now += ms),
    /** Asks as kubectl drain does, every 5 s, until so much time has passed. */
    insist: (ms: number) => {
      for (const end = now + ms; now < end; now += 5_000) judge(alone, real);
    },
  };
}

describe('an eviction', () => {
  it('is allowed where nothing speaks against it', () => {
    expect(createBench().judge(standing('web-1', 'web-2'), real)).toEqual({ kind: 'allowed' });
  });

  it('is allowed of a pod that does not exist', () => {
    expect(createBench().judge({ kind: 'no-such-pod' }, real)).toEqual({ kind: 'allowed' });
  });

  it('is unknown where the API server does not answer', () => {
    const unknown: Standing = { kind: 'unknown', error: new KubeUnreachable('no answer') };
    expect(createBench().judge(unknown, real)).toBe(unknown);
  });

  it('is refused, and says until when', () => {
    const objection = { rule: 'last_healthy', binding: 'web', awaited: [] };
    const refused = { kind: 'refused', objection, until: start + 10 * minute };
    const { judge, insist } = createBench();
    expect(judge(alone, real)).toEqual(refused);
    insist(9 * minute);
    expect(judge(alone, real)).toEqual(refused);
  });

  it('is overdue when the pod was refused for as long as the deadline, and stays so', () => {
    const { judge, insist } = createBench();
    insist(10 * minute);
    expect(judge(alone, real)).toMatchObject({ kind: 'overdue', since: start });
    insist(minute);
    expect(judge(alone, real)).toMatchObject({ kind: 'overdue', since: start });
  });

  it('is overdue for a deadline that is shorter than the time between two requests, too', () => {
    const { judge, pass } = createBench(1_000);
    judge(alone, real);
    pass(5_000);
    expect(judge(alone, real).kind).toBe('overdue');
  });

  it('is refused anew when nobody asked for as long as the deadline', () => {
    const { judge, pass } = createBench();
    judge(alone, real);
    pass(10 * minute);
    expect(judge(alone, real)).toMatchObject({ kind: 'refused', until: start + 20 * minute });
  });
});

describe('a dry run', () => {
  it('starts no deadline', () => {
    const { judge, pass } = createBench();
    const first = judge(alone, dry);
    pass(minute);
    expect(first).toMatchObject({ kind: 'refused', until: start + 10 * minute });
    expect(judge(alone, real)).toMatchObject({ kind: 'refused', until: start + 11 * minute });
  });

  it('is answered as a real one, where the deadline runs', () => {
    const { judge, insist } = createBench();
    insist(10 * minute);
    expect(judge(alone, dry)).toEqual(judge(alone, real));
  });

  it('that is allowed does not make the pod leave', () => {
    const { judge } = createBench();
    judge(standing('web-1', 'web-2'), dry);
    expect(judge(standing('web-2', 'web-1'), real).kind).toBe('allowed');
  });
});

describe('of two pods that are evicted at once, as from one node,', () => {
  it('the second is refused while the first leaves', () => {
    const { judge, pass } = createBench();
    expect(judge(standing('web-1', 'web-2'), real).kind).toBe('allowed');
    expect(judge(standing('web-2', 'web-1'), real).kind).toBe('refused');
    pass(4_999);
    expect(judge(standing('web-2', 'web-1'), real).kind).toBe('refused');
  });

  it('the second is allowed when the first is still there after 5 s: its budget has kept it', () => {
    const { judge, pass } = createBench();
    judge(standing('web-1', 'web-2'), real);
    pass(5_000);
    expect(judge(standing('web-2', 'web-1'), real).kind).toBe('allowed');
  });

  it('the second is allowed when the first had begun to terminate before: its replacement is there', () => {
    const { judge } = createBench();
    const [old, other] = [podWith('web-1', { terminating: true }), podWith('web-2')];
    const bindings = [{ binding: 'web', gate, pods: [old, other, podWith('web-3')] }];
    expect(judge({ kind: 'known', pod: old, bindings }, real).kind).toBe('allowed');
    expect(judge({ kind: 'known', pod: other, bindings }, real).kind).toBe('allowed');
  });

  it('the first may be asked about again', () => {
    const { judge } = createBench();
    judge(standing('web-1', 'web-2'), real);
    expect(judge(standing('web-1', 'web-2'), real).kind).toBe('allowed');
  });
});
