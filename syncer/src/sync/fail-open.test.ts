import { afterEach, describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '../plan/index.ts';
import { createHarness, key, settle, type Harness } from './fixtures.ts';
import type { ElbTrouble } from './target-groups.ts';

let harness: Harness;

afterEach(() => harness.stop());

async function start(options: Parameters<typeof createHarness>[0] = {}): Promise<void> {
  harness = createHarness(options);
  harness.setBinding({ uid: 'binding-1' });
  await settle();
}

/** From now on AWS does nothing but refuse. */
function silence(reason: ElbTrouble['reason']): void {
  for (const operation of ['look', 'register', 'facts']) {
    harness.elb.refusals.set(operation, { reason, message: 'no' });
  }
}

describe('the gate of a pod whose target nobody can ask AWS about', () => {
  it.each(['Unreachable', 'Throttled', 'AccessDenied'] as const)(
    'opens five minutes after its containers were ready, and says why: %s',
    async (reason) => {
      await start();
      silence(reason);
      harness.setPod(1, { containersReady: false });
      await harness.clock.advance(100_000);
      harness.setPod(1);
      await harness.clock.advance(295_000);
      expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason });
      await harness.clock.advance(6_000);
      expect(harness.gateOf(1)).toMatchObject({ status: 'True', reason: `FailOpen${reason}` });
    },
  );

  it('closes again on an honest answer, and follows the health of its target from then on', async () => {
    await start();
    silence('Unreachable');
    for (const n of [1, 2]) harness.setPod(n);
    await harness.clock.advance(310_000);
    expect([harness.isOpen(1), harness.isOpen(2)]).toEqual([true, true]);
    harness.elb.refusals.clear();
    await harness.clock.advance(60_000);
    harness.elb.check('healthy', [key(2)]);
    harness.elb.check('unhealthy', [key(1)]);
    await harness.clock.advance(20_000);
    expect([harness.isOpen(1), harness.isOpen(2)]).toEqual([false, true]);
  });

  it('stays closed where operators have it so', async () => {
    await start({ options: { policy: { ...defaultPolicy, failOpenAfterMs: undefined } } });
    silence('Unreachable');
    harness.setPod(1);
    await harness.clock.advance(3_600_000);
    expect(harness.isOpen(1)).toBe(false);
  });
});

/** A group that takes one target: the first of these two pods has it, and the other waits. */
async function fill(): Promise<void> {
  await start();
  harness.elb.refuse.current = (added) =>
    harness.elb.targets.size + added.length > 1 ? { reason: 'TooManyTargets', message: 'full' } : undefined;
  for (const n of [1, 2]) harness.setPod(n);
  await harness.clock.advance(2_000);
  expect(harness.elb.registered()).toEqual([key(1)]);
}

it('where looks alone are silent, the gates of registered targets open, though the group takes no more', async () => {
  await fill();
  harness.elb.refusals.set('look', { reason: 'AccessDenied', message: 'no' });
  await harness.clock.advance(320_000);
  expect(harness.gateOf(1)).toMatchObject({ status: 'True', reason: 'FailOpenAccessDenied' });
  expect(harness.gateOf(2)).toMatchObject({ status: 'False', reason: 'TooManyTargets' });
});

it('one throttled call opens no gate, however long the group took no more targets before', async () => {
  await fill();
  await harness.clock.advance(600_000);
  harness.elb.refusals.set('register', { reason: 'Throttled', message: 'no' });
  await harness.clock.advance(60_000);
  expect(harness.gateOf(2)).toMatchObject({ status: 'False', reason: 'Throttled' });
});

it('the gate of an unhealthy target never opens by the lapse of time, though AWS falls silent after the answer', async () => {
  await start();
  harness.setPod(1);
  await settle();
  harness.elb.check('unhealthy');
  await harness.clock.advance(2_000);
  silence('Unreachable');
  await harness.clock.advance(3_600_000);
  expect(harness.isOpen(1)).toBe(false);
});

it('a mistake in the binding is no silence of AWS: the gate stays closed and says what it is', async () => {
  await start();
  silence('TargetGroupNotFound');
  harness.setPod(1);
  await harness.clock.advance(3_600_000);
  expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason: 'TargetGroupNotFound' });
});
