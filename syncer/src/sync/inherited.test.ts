import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, key, settle, type Harness } from './fixtures.ts';

// LBC's record of a group that clusters share is taken over as the ledger.

let harness: Harness;
const ofAnotherCluster = '10.77.0.1:8080';
const gone = 9;

/** LBC has registered three pods that are in service, and one that is gone. */
beforeEach(() => {
  harness = createHarness();
  const registered = [1, 2, 3, gone].map(key);
  for (const target of [...registered, ofAnotherCluster])
    harness.elb.targets.set(target, { state: 'healthy' });
  harness.api.configMaps.set('aws-lbc-targets-web', {
    version: 1,
    body: { data: { targets: registered.join(',') } },
  });
  for (const n of [1, 2, 3]) harness.setPod(n, { open: true, ready: true });
});

afterEach(() => harness.stop());

it('the pods that LBC has registered stay, and the ledger says whose they are', async () => {
  harness.setBinding({ uid: 'binding-1' }, { multiClusterTargetGroup: true });
  await harness.clock.advance(70_000);
  const deregistered = harness.elb.changes().filter((call) => call.startsWith('deregister'));
  expect(deregistered).toEqual([`deregister ${key(gone)}`]);
  expect(harness.ledgerText().match(/^\S+ \S+/gm)).toEqual([1, 2, 3].map((n) => `${key(n)} pod/web-${n}`));
  expect([1, 2, 3].every((n) => harness.isOpen(n))).toBe(true);
});

it('the targets of other clusters stay, although an operator has foreign ones removed', async () => {
  harness.setBinding({ uid: 'binding-1' }, { multiClusterTargetGroup: true });
  await harness.clock.advance(600_000);
  expect(harness.elb.registered()).toContain(ofAnotherCluster);
  expect(harness.statusOf()?.targets?.foreign).toBe(1);
});

it('a restarted syncer goes by its own ledger, whatever the old record still says', async () => {
  harness.setBinding({ uid: 'binding-1' }, { multiClusterTargetGroup: true });
  await harness.clock.advance(70_000);
  harness.elb.calls.length = 0;
  await harness.restart();
  await harness.clock.advance(10_000);
  expect(harness.elb.changes()).toEqual([]);
  expect(harness.ledgerText()).not.toContain(key(gone));
});

it('without multiClusterTargetGroup the record is not read: LBC keeps none there', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await settle();
  expect(harness.api.reads.filter((read) => read.endsWith('/aws-lbc-targets-web'))).toEqual([]);
});
