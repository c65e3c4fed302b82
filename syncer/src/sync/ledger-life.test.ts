import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { KubeError } from '@targetgate/shared/kube';
import { createHarness, finalizer, key, putInService, settle, type Harness } from './fixtures.ts';

// The ConfigMap that says which targets are ours must not go before they do.

let harness: Harness;
let mayBeWritten: boolean;
const ledger = 'targets.elbv2.k8s.aws.web';
const finalizersOfLedger = (): unknown =>
  (harness.api.configMaps.get(ledger)?.body.metadata as { finalizers: unknown }).finalizers;
const deleteBinding = (): void => {
  const deletionTimestamp = new Date(harness.clock.now()).toISOString();
  harness.setBinding({ uid: 'binding-1', finalizers: [finalizer], deletionTimestamp });
};

beforeEach(async () => {
  mayBeWritten = true;
  harness = createHarness({
    connect: ({ client, ...others }) => ({
      ...others,
      client: {
        ...client,
        request: (call) =>
          call.method === 'PUT' && !mayBeWritten
            ? Promise.reject(new KubeError(403, 'Forbidden', 'no'))
            : client.request(call),
      },
    }),
  });
  harness.setBinding({ uid: 'binding-1' });
  await settle();
});

afterEach(() => harness.stop());

it('the ledger is written with a finalizer, which is taken off when the binding is released', async () => {
  await putInService(harness, [1]);
  expect(finalizersOfLedger()).toEqual([finalizer]);
  deleteBinding();
  await settle();
  expect(harness.elb.registered()).toEqual([]);
  expect(finalizersOfLedger()).toEqual([]);
  expect(harness.api.bindings.get('web')?.finalizers).toEqual([]);
});

it('the ledger of a binding whose targets cannot be deregistered yet keeps its finalizer', async () => {
  await putInService(harness, [1]);
  harness.elb.refusals.set('deregister', { reason: 'Throttled', message: 'Rate exceeded' });
  deleteBinding();
  await harness.clock.advance(60_000);
  expect(finalizersOfLedger()).toEqual([finalizer]);
  expect(harness.api.bindings.get('web')?.finalizers).toEqual([finalizer]);
});

it('a ledger that is let go is not written again, though a write had failed before', async () => {
  await putInService(harness, [1]);
  mayBeWritten = false;
  deleteBinding();
  await harness.clock.advance(1);
  expect(finalizersOfLedger()).toEqual([]);
  mayBeWritten = true;
  await harness.clock.advance(120_000);
  expect(finalizersOfLedger()).toEqual([]);
});

it('targets that had to be left behind are named in an event, and hold nothing up for ever (LBC#2341, #4043)', async () => {
  await putInService(harness, [1]);
  harness.elb.refusals.set('deregister', { reason: 'AccessDenied', message: 'no' });
  deleteBinding();
  await harness.clock.advance(180_000);
  expect(harness.api.events.find(({ reason }) => reason === 'TargetsAbandoned')?.message).toContain(key(1));
  expect(finalizersOfLedger()).toEqual([]);
  expect(harness.api.bindings.get('web')?.finalizers).toEqual([]);
});

it('a binding that never had a target has no ledger', async () => {
  await harness.clock.advance(120_000);
  expect([...harness.api.configMaps.keys()]).toEqual([]);
});
