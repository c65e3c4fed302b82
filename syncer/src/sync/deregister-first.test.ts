import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, createThrottle, key, settle, type Harness } from './fixtures.ts';

// LBC#1871, #3167, #2809; argo-rollouts#3333: ELB throttles, and it is the registrations that wait.

let harness: Harness;
let throttle: ReturnType<typeof createThrottle>;

/** ELB takes 3 calls in a burst, then one a second; 20 bindings, each of a group of its own, select the same pods. */
beforeEach(async () => {
  harness = createHarness({
    connect: ({ targetGroups, clock, ...others }) => {
      throttle = createThrottle(clock, { capacity: 3, perSecond: 1 });
      return { ...others, clock, targetGroups: throttle.limit(targetGroups) };
    },
  });
  for (let n = 1; n <= 20; n++) {
    harness.setBinding({ uid: `binding-${n}` }, { targetGroupARN: `arn:${n}` }, `web-${n}`);
  }
  await harness.clock.advance(60_000);
  harness.elb.calls.length = 0;
  throttle.throttled.length = 0;
});

afterEach(() => harness.stop());

const setPod = (n: number, traits = {}): void => harness.setPod(n, { gated: false, ready: true, ...traits });
const advance = (ms: number): Promise<void> => harness.clock.advance(ms);
/** What ELB has taken. */
const changes = (): string[] => harness.elb.changes();
const leave = `deregister ${key(1)}`;
const unique = (calls: readonly string[]): string[] => [...new Set(calls)];

describe('while 20 bindings register and ELB throttles', () => {
  beforeEach(async () => {
    setPod(1);
    await advance(2_000);
  });

  it('a deregistration is the next call, and the registrations come after it', async () => {
    const before = changes().length;
    setPod(2);
    setPod(1, { terminating: true });
    await advance(60_000);
    const since = changes().slice(before);
    const deregistrations = since.lastIndexOf(leave) + 1;
    expect(deregistrations).toBeGreaterThanOrEqual(before);
    expect(since).toEqual([
      ...Array.from({ length: deregistrations }, () => leave),
      ...Array.from({ length: 20 }, () => `register ${key(2)}`),
    ]);
  });

  it('a pod that becomes ready shares the call that waits', async () => {
    const before = changes().length;
    setPod(2);
    await advance(60_000);
    expect(unique(changes().slice(before))).toEqual(
      expect.arrayContaining([`register ${key(1)},${key(2)}`, `register ${key(2)}`]),
    );
    expect(changes().slice(before)).toHaveLength(20);
  });

  it('a pod that begins to end is not registered any more, and no turn is spent on it', async () => {
    const before = changes().length;
    setPod(1, { terminating: true });
    await advance(60_000);
    expect(unique(changes().slice(before))).toEqual([leave]);
  });

  it('after the first seconds, each kind of call meets the limit at most once in ten', async () => {
    const since = harness.clock.now() + 3_000;
    for (let n = 2; n <= 30; n++) {
      setPod(n);
      await advance(1_000);
    }
    expect(throttle.throttled.filter((at) => at > since).length).toBeLessThanOrEqual(5);
  });

  it('a syncer that is stopped ends at once, and tells ELB nothing more', async () => {
    const before = changes().length;
    await harness.stop();
    await advance(60_000);
    expect(changes()).toHaveLength(before);
  });

  it('a binding that has waited long says what it waits for, until it had its turn', async () => {
    await advance(9_000);
    const waiting = [...Array(20).keys()]
      .map((n) => `web-${n + 1}`)
      .filter((name) => harness.conditionOf('Ready', name) === 'False Throttled');
    expect(waiting.length).toBeGreaterThan(0);
    await advance(30_000);
    harness.elb.check('healthy');
    await advance(60_000);
    for (const name of waiting) expect(harness.conditionOf('Ready', name)).toBe('True InStep');
  });
});

it('a throttled deregistration is made again as soon as ELB may take it', async () => {
  setPod(1);
  await advance(60_000);
  harness.elb.calls.length = 0;
  harness.elb.refusals.set('deregister', { reason: 'Throttled', message: 'Rate exceeded' });
  setPod(1, { terminating: true });
  await settle();
  harness.elb.refusals.clear();
  await advance(3_000);
  expect(changes().filter((call) => call === leave).length).toBeGreaterThan(1);
  expect(harness.elb.registered()).toEqual([]);
});
