import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, settle } from './fixtures.ts';

// Stories that model.test.ts found, made short: a syncer knows less of ELB than it was told.

let harness: ReturnType<typeof createHarness>;
/** Calls to the API server with these methods wait until they are let go. */
let held: Map<string, Promise<void>>;
const key = (n: number): string => `10.0.0.${n}:8080`;

/** Two gated pods and a third without a gate, all of them in service. */
beforeEach(async () => {
  held = new Map();
  harness = createHarness({
    connect: ({ client, ...others }) => ({
      ...others,
      client: {
        ...client,
        request: async (call) => {
          await held.get(call.method);
          return client.request(call);
        },
      },
    }),
  });
  harness.setBinding({ uid: 'binding-1' });
  harness.setPod(1);
  harness.setPod(2);
  harness.setPod(3, { gated: false, ready: true });
  await settle();
  for (const n of [1, 2, 3]) harness.elb.targets.set(key(n), { state: 'healthy' });
  await harness.clock.advance(2_000);
  expect([harness.isOpen(1), harness.isOpen(2)]).toEqual([true, true]);
});

afterEach(async () => {
  await harness.stop();
});

async function expectOpenOnlyWhenHealthyAgain(): Promise<void> {
  const { elb, clock, isOpen } = harness;
  await clock.advance(2_000);
  expect(elb.targets.get(key(1))?.state).toBe('initial');
  expect(isOpen(1)).toBe(false);
  elb.targets.set(key(1), { state: 'healthy' });
  await clock.advance(2_000);
  expect(isOpen(1)).toBe(true);
}

it('the gate of a pod that recovers while it is being deregistered opens for its next registration', async () => {
  const { changePod, elb, clock, isOpen } = harness;
  const answer = Promise.withResolvers<void>();
  elb.gates.set('deregister', answer.promise);
  changePod(1, { containersReady: false });
  await settle();
  changePod(1, { containersReady: true });
  await clock.advance(2_000);
  expect(isOpen(1)).toBe(false);
  answer.resolve();
  await expectOpenOnlyWhenHealthyAgain();
});

it('the gate of a pod that recovers while its ledger is read again opens for its next registration', async () => {
  const { changePod, api } = harness;
  const write = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  held.set('PUT', write.promise).set('GET', read.promise);
  for (const file of api.configMaps.values()) file.version++;
  changePod(1, { containersReady: false });
  await settle();
  write.resolve();
  await settle();
  changePod(1, { containersReady: true });
  await settle();
  read.resolve();
  await expectOpenOnlyWhenHealthyAgain();
});

it('a target that ELB refused is registered half a minute later, though nothing else happens', async () => {
  const { setPod, elb, clock } = harness;
  elb.refusals.set('register', { reason: 'InvalidTarget', message: 'not in the VPC' });
  setPod(4);
  await settle();
  elb.refusals.clear();
  await clock.advance(31_000);
  expect(elb.targets.has(key(4))).toBe(true);
});

it('a target that ELB was not seen to have does not let another one go', async () => {
  const { changePod, setPod, elb, clock } = harness;
  elb.refusals.set('register', { reason: 'Throttled', message: 'Rate exceeded' });
  for (const n of [4, 5, 6]) setPod(n);
  await clock.advance(2_000);
  changePod(1, { containersReady: false });
  await clock.advance(2_000);
  expect(elb.targets.get(key(1))?.state).toBe('healthy');
});

it.each([
  ['whose service is missing', () => harness.setService(undefined)],
  ['that its service does not select any more', () => harness.changePod(3, { labels: { app: 'other' } })],
])('a pod without a gate %s is deregistered the moment its deletion is seen', async (_, happens) => {
  const { changePod, elb } = harness;
  elb.targets.set(key(1), { state: 'unhealthy' });
  await harness.clock.advance(70_000);
  happens();
  await settle();
  expect(elb.targets.get(key(3))?.state).toBe('healthy');
  changePod(3, { terminating: true });
  await settle();
  expect(elb.targets.get(key(3))?.state).toBe('draining');
});
