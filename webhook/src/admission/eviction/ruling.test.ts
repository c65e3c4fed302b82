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
  return {
    kind: 'known',
    pod: podWith(name),
    bindings: [{ binding: 'web', gate, pods }],
    nodeEmpties: false,
  };
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
    insist: (ms: number, standings: readonly Standing[] = [alone]) => {
      for (const end = now + ms; now < end; now += 5_000) for (const each of standings) judge(each, real);
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

  it.each([
    ['anew when nobody asked for 2 minutes: a first refusal does not outlive its drain', 2 * minute, 12],
    ['until the same time when somebody asked within 2 minutes', 2 * minute - 1, 10],
  ])('is refused %s', (_, pauseMs, untilMinutes) => {
    const { judge, pass } = createBench();
    judge(alone, real);
    pass(pauseMs);
    expect(judge(alone, real)).toMatchObject({ kind: 'refused', until: start + untilMinutes * minute });
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

  it('the second is allowed then, however often the first is let go and kept', () => {
    const { judge, pass } = createBench();
    for (let second = 0; second < 30; second++) {
      judge(standing('web-1', 'web-2'), real);
      pass(1_000);
    }
    expect(judge(standing('web-2', 'web-1'), real).kind).toBe('allowed');
  });

  it('the first may be asked about again', () => {
    const { judge } = createBench();
    judge(standing('web-1', 'web-2'), real);
    expect(judge(standing('web-1', 'web-2'), real).kind).toBe('allowed');
  });

  it('two replicas let the same one go, where their node is being emptied', () => {
    const [one, other] = [createBench(), createBench()];
    const [first, second] = [standing('web-1', 'web-2'), standing('web-2', 'web-1')].map((each) => ({
      ...each,
      nodeEmpties: true,
    }));
    for (const { judge } of [one, other]) {
      expect(judge(second as Standing, real)).toMatchObject({ objection: { rule: 'not_its_turn' } });
      expect(judge(first as Standing, real).kind).toBe('allowed');
    }
  });
});

describe('of a pod whose deletion began at noon, and which this replica did not let go,', () => {
  const [old, other] = [podWith('web-1', { terminating: true }), podWith('web-2')];
  const bindings = [{ binding: 'web', gate, pods: [old, other, podWith('web-3')] }];
  const beside = { kind: 'known', pod: other, bindings, nodeEmpties: false } as const;

  it.each([
    ['may have no replacement yet', 4_999, 'refused'],
    ['is there, if it can be', 5_000, 'allowed'],
  ])('the replacement %s after %d ms', (_, ms, kind) => {
    const { judge, pass } = createBench();
    pass(ms);
    expect(judge(beside, real).kind).toBe(kind);
    expect(judge({ ...beside, pod: old }, real).kind).toBe('allowed');
  });
});

describe('of pods that were refused together', () => {
  const crash = podWith('web-9', { conditions: { [gate]: 'False' }, reason: 'Target.Timeout' });
  /** Where each stays beside a pod that never gets healthy. */
  const trio = ['web-1', 'web-2', 'web-3'];
  const standings = trio.map((name): Standing => {
    const pods = [...trio.map((each) => podWith(each)), crash];
    const bindings = [{ binding: 'web', gate, pods }];
    return { kind: 'known', pod: podWith(name), bindings, nodeEmpties: false };
  });
  const kinds = ({ judge }: ReturnType<typeof createBench>) =>
    standings.map((each) => judge(each, real).kind);

  it('one is let go at the deadline, and another each minute, until all are', () => {
    const bench = createBench();
    bench.insist(10 * minute, standings);
    expect(kinds(bench)).toEqual(['overdue', 'refused', 'refused']);
    bench.insist(minute - 5_000, standings);
    expect(kinds(bench)).toEqual(['overdue', 'refused', 'refused']);
    bench.insist(5_000, standings);
    expect(kinds(bench)).toEqual(['overdue', 'overdue', 'refused']);
    bench.insist(minute, standings.slice(1));
    expect(bench.judge(standings[2] as Standing, real).kind).toBe('overdue');
  });

  it('those that are overdue wait for one that leaves without an objection, too', () => {
    const bench = createBench();
    bench.insist(10 * minute, standings.slice(1));
    expect(bench.judge(standing('web-1', 'web-2'), real).kind).toBe('allowed');
    expect(bench.judge(standings[1] as Standing, real).kind).toBe('refused');
  });

  it('none waits for a pod that served nobody, nor for one of another binding', () => {
    const bench = createBench();
    bench.insist(10 * minute, standings.slice(0, 1));
    const bindings = [{ binding: 'web', gate, pods: [crash] }];
    bench.judge({ kind: 'known', pod: crash, bindings, nodeEmpties: false }, real);
    const pod = podWith('api-1');
    const others = [{ binding: 'api', gate, pods: [pod, podWith('api-2')] }];
    bench.judge({ kind: 'known', pod, bindings: others, nodeEmpties: false }, real);
    expect(bench.judge(standings[0] as Standing, real).kind).toBe('overdue');
  });

  it('none is held for ever by one that is let go and kept again and again', () => {
    const bench = createBench();
    bench.insist(10 * minute, standings);
    let last: string | undefined;
    for (let second = 0; second < 61; second++) {
      bench.judge(standings[0] as Standing, real);
      last = bench.judge(standings[1] as Standing, real).kind;
      bench.pass(1_000);
    }
    expect(last).toBe('overdue');
  });
});
