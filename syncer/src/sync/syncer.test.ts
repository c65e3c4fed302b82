import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, settle } from './fixtures.ts';

let harness: ReturnType<typeof createHarness>;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await settle();
  // The first look, which every binding begins with.
  harness.elb.calls.length = 0;
});

afterEach(async () => {
  await harness.stop();
});

const key = (n: number): string => `10.0.0.${n}:8080`;

describe('a pod', () => {
  it('is registered when its containers are ready, and its gate opens when its target is healthy', async () => {
    const { setPod, elb, clock, isOpen } = harness;
    setPod(1, { containersReady: false });
    await settle();
    expect(elb.calls).toEqual([]);
    setPod(1);
    await clock.advance(2_000);
    expect(elb.calls).toEqual([`register ${key(1)}`, 'look']);
    expect(isOpen(1)).toBe(false);
    elb.targets.set(key(1), { state: 'healthy' });
    await clock.advance(1_000);
    expect(isOpen(1)).toBe(true);
  });

  it('is deregistered the moment its deletion is seen, without a look', async () => {
    const { setPod, elb } = harness;
    setPod(1);
    await settle();
    elb.calls.length = 0;
    setPod(1, { terminating: true, open: true });
    await settle();
    expect(elb.calls.filter((call) => call !== 'look')).toEqual([`deregister ${key(1)}`]);
  });

  it('that is deleted while its registration is under way is deregistered after it', async () => {
    const { setPod, elb } = harness;
    const answer = Promise.withResolvers<void>();
    elb.gates.set('register', answer.promise);
    setPod(1);
    await settle();
    setPod(1, { terminating: true });
    await settle();
    expect(elb.calls).toEqual([`register ${key(1)}`]);
    answer.resolve();
    await settle();
    expect(elb.calls).toEqual([`register ${key(1)}`, `deregister ${key(1)}`]);
  });

  it('whose IP was recycled stays gated until its own registration is healthy', async () => {
    const { setPod, removePod, elb, clock, isOpen } = harness;
    setPod(1);
    await settle();
    elb.targets.set(key(1), { state: 'healthy' });
    await clock.advance(1_000);
    const answer = Promise.withResolvers<void>();
    elb.gates.set('deregister', answer.promise);
    removePod(1);
    setPod(1, {}, 'uid-successor');
    await clock.advance(5_000);
    expect(isOpen(1)).toBe(false);
    answer.resolve();
    await clock.advance(2_000);
    expect(elb.calls.filter((call) => call !== 'look')).toEqual([
      `register ${key(1)}`,
      `deregister ${key(1)}`,
      `register ${key(1)}`,
    ]);
    expect(isOpen(1)).toBe(false);
    elb.targets.set(key(1), { state: 'healthy' });
    await clock.advance(2_000);
    expect(isOpen(1)).toBe(true);
  });
});

it('pods that become ready while a call is under way share the next one', async () => {
  const { setPod, elb } = harness;
  const answer = Promise.withResolvers<void>();
  elb.gates.set('register', answer.promise);
  for (const n of [1, 2, 3]) {
    setPod(n);
    await settle();
  }
  answer.resolve();
  await settle();
  expect(elb.calls).toEqual([`register ${key(1)}`, `register ${key(2)},${key(3)}`]);
});

it('a deregistration does not wait for a registration under way', async () => {
  const { setPod, elb } = harness;
  setPod(1);
  await settle();
  const answer = Promise.withResolvers<void>();
  elb.gates.set('register', answer.promise);
  setPod(2);
  await settle();
  setPod(1, { terminating: true });
  await settle();
  expect(elb.calls.at(-1)).toBe(`deregister ${key(1)}`);
  answer.resolve();
});

it('a settled binding plans nothing: no call but a look a minute and facts every hour, and no write', async () => {
  const { setPod, elb, clock, api } = harness;
  setPod(1);
  await settle();
  elb.check('healthy');
  await clock.advance(70_000);
  elb.calls.length = 0;
  api.writes.length = 0;
  await clock.advance(4_200_000);
  const [looks, facts] = ['look', 'facts'].map((name) => elb.calls.filter((call) => call === name).length);
  expect(elb.calls).toHaveLength((looks ?? 0) + (facts ?? 0));
  expect(looks).toBe(70);
  expect(facts).toBe(1);
  expect(api.writes).toEqual([]);
});

describe('a restarted syncer', () => {
  it('deregisters a pod that vanished while it was down', async () => {
    const { setPod, removePod, elb, restart } = harness;
    setPod(1);
    await settle();
    await harness.stop();
    removePod(1);
    elb.calls.length = 0;
    await restart();
    await settle();
    expect(elb.calls.filter((call) => call !== 'look')).toEqual([`deregister ${key(1)}`]);
  });

  it('registers nothing anew that it knows to be registered', async () => {
    const { setPod, elb, restart, clock } = harness;
    setPod(1);
    await settle();
    elb.targets.set(key(1), { state: 'healthy' });
    await clock.advance(2_000);
    elb.calls.length = 0;
    await restart();
    await settle();
    expect(elb.calls).toEqual(['look']);
  });
});

describe('trouble with AWS', () => {
  const throttled = { reason: 'Throttled', message: 'Rate exceeded' } as const;

  it('LBC#3622: is tried again within half a minute, and less and less often before that', async () => {
    const { setPod, elb, clock } = harness;
    elb.refusals.set('register', { reason: 'Unreachable', message: 'no answer' });
    setPod(1);
    await clock.advance(300_000);
    const tries = elb.calls.filter((call) => call.startsWith('register'));
    expect(tries.length).toBeLessThan(25);
    elb.refusals.clear();
    await clock.advance(30_000);
    expect(elb.targets.has(key(1))).toBe(true);
  });

  it('with registrations does not delay deregistrations', async () => {
    const { setPod, elb } = harness;
    setPod(1);
    await settle();
    elb.refusals.set('register', throttled);
    setPod(2);
    setPod(1, { terminating: true });
    await settle();
    expect(elb.targets.get(key(1))?.state).toBe('draining');
  });
});

describe('the ledger', () => {
  it('has a target before ELB is told of it', async () => {
    const { setPod, elb, ledgerText } = harness;
    const answer = Promise.withResolvers<void>();
    elb.gates.set('register', answer.promise);
    setPod(1);
    await settle();
    expect(elb.calls).toEqual([`register ${key(1)}`]);
    expect(ledgerText()).toMatch(/^10\.0\.0\.1:8080 pod\/web-1 uid-1 intended=\S+\n$/);
    answer.resolve();
  });

  it('loses a target after ELB has', async () => {
    const { setPod, removePod, ledgerText } = harness;
    setPod(1);
    await settle();
    expect(ledgerText()).toContain('registered=');
    removePod(1);
    await settle();
    expect(ledgerText()).toBe('');
  });

  it('that somebody else has written is read again, and neither side is forgotten', async () => {
    const { setPod, api, clock, elb, ledgerText } = harness;
    setPod(1);
    await settle();
    const file = [...api.configMaps.values()][0];
    if (file === undefined) throw new Error('the ledger was not written');
    const time = '2026-01-01T11:00:00.000Z';
    file.version++;
    file.body = {
      ...file.body,
      data: {
        targetGroupARN: 'arn:web',
        targets: `10.0.0.9:8080 web-9 uid-9 intended=${time} registered=${time}\n`,
      },
    };
    setPod(2);
    await clock.advance(2_000);
    expect(elb.calls).toContain(`register ${key(2)}`);
    expect(elb.calls).toContain(`deregister ${key(9)}`);
    expect(ledgerText().match(/^\S+/gm)).toEqual([key(1), key(2)]);
  });
});

describe('a gate', () => {
  it('of a pod that is gone is written once, however long the watch does not show it', async () => {
    const { setPod, vanishPod, elb, api, clock } = harness;
    setPod(1);
    await settle();
    elb.targets.set(key(1), { state: 'healthy' });
    vanishPod(1);
    await clock.advance(60_000);
    expect(api.writes.filter((write) => write.includes('/pods/web-1/'))).toHaveLength(1);
  });
});

it('a binding that is deleted deregisters its targets, opens its gates and lets its finalizer go', async () => {
  const { setPod, setBinding, elb, api, isOpen } = harness;
  setPod(1);
  await settle();
  const finalizers = ['elbv2.k8s.aws/resources'];
  expect(api.bindings.get('web')?.finalizers).toEqual(finalizers);
  setBinding({ uid: 'binding-1', finalizers, deletionTimestamp: '2026-01-01T12:00:00Z' });
  await settle();
  expect(elb.targets.get(key(1))?.state).toBe('draining');
  expect(isOpen(1)).toBe(true);
  expect(api.bindings.get('web')?.finalizers).toEqual([]);
  // The watch does not show it yet: that is no reason to ask again and again.
  expect(api.reads.filter((read) => read.endsWith('/targetgroupbindings/web')).length).toBeLessThan(4);
});
