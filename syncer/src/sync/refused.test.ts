import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { targetKey } from '../ledger/ledger.ts';
import { createHarness, key, settle, type Harness } from './fixtures.ts';

let harness: Harness;

beforeEach(async () => {
  harness = createHarness();
  harness.setBinding({ uid: 'binding-1' });
  await settle();
});

afterEach(() => harness.stop());

it('a target that ELB refuses is told of on its pod and in the status, and tried again half a minute later', async () => {
  harness.elb.refuse.current = (targets) =>
    targets.some(({ id }) => id === '10.0.0.2')
      ? { reason: 'InvalidTarget', message: '10.0.0.2 is not in the VPC' }
      : undefined;
  for (const n of [1, 2, 3]) harness.setPod(n);
  await harness.clock.advance(2_000);
  expect(harness.elb.registered()).toEqual([1, 3].map(key));
  const onPod = harness.api.events.find(({ involvedObject }) => involvedObject.kind === 'Pod');
  expect(onPod).toMatchObject({ reason: 'TargetRefused', involvedObject: { name: 'web-2' } });
  expect(onPod?.message).toContain('10.0.0.2 is not in the VPC');
  expect(harness.conditionOf('Degraded')).toBe('True TargetsRefused');
  harness.elb.refuse.current = () => undefined;
  await harness.clock.advance(31_000);
  expect(harness.elb.registered()).toEqual([1, 2, 3].map(key));
  expect(harness.conditionOf('Degraded')).toBe('False Fine');
});

it('a target that was registered can leave, though the rest of its batch waits for a turn', async () => {
  const bad = [11, 5, 9].map(key);
  harness.elb.refuse.current = (targets) =>
    targets.some((target) => bad.includes(targetKey(target)))
      ? { reason: 'InvalidTarget', message: 'no' }
      : undefined;
  for (let n = 1; n <= 16; n++) harness.setPod(n);
  await settle();
  // 15 calls, of which 9 were refused. Where the last quarter of the batch has a bad one, too, was not found yet.
  expect(harness.elb.registered()).toHaveLength(10);
  harness.setPod(1, { terminating: true });
  await settle();
  expect(harness.elb.changes().at(-1)).toBe(`deregister ${key(1)}`);
  await harness.clock.advance(2_000);
  expect(harness.elb.registered()).toHaveLength(12);
});

// LBC#4775, #3714
describe('addresses outside the VPC of the group', () => {
  const misplaced = { reason: 'ValidationError', message: 'AvailabilityZone' } as const;

  /** ELB takes addresses of 10.0.* without a zone, and all others with the zone `all` only. */
  beforeEach(() => {
    harness.elb.refuse.current = (targets, zone) =>
      targets.every(({ id }) => id.startsWith('10.0.') === (zone === undefined)) ? undefined : misplaced;
  });

  it('are registered with the zone `all`, which is learnt with few calls and then remembered', async () => {
    const pods = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    for (const n of pods) harness.setPod(n, { ip: `172.16.0.${n}` });
    // So many calls have to wait for their turns.
    await harness.clock.advance(2_000);
    expect(harness.elb.registered()).toHaveLength(pods.length);
    expect(harness.elb.changes().length).toBeLessThanOrEqual(8);
    harness.elb.calls.length = 0;
    harness.setPod(11, { ip: '172.16.0.11' });
    await settle();
    expect(harness.elb.changes()).toEqual(['register 172.16.0.11:8080 zone=all']);
  });

  it('and inside it are registered each in its own way, in one binding', async () => {
    for (const n of [1, 3, 5]) harness.setPod(n);
    for (const n of [2, 4, 6]) harness.setPod(n, { ip: `172.16.0.${n}` });
    await harness.clock.advance(10_000);
    expect(harness.elb.registered()).toEqual([
      ...[1, 3, 5].map(key),
      ...[2, 4, 6].map((n) => `172.16.0.${n}:8080`),
    ]);
    expect(harness.api.events).toEqual([]);
  });
});
