import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { KubeUnreachable } from '@targetgate/shared/kube';
import { createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

// Pods that a new list lacks, and that nobody has seen to end.

let harness: Harness;
let readsFail: boolean;
const all = [1, 2, 3, 4];
const readsOfPods = (): string[] => harness.api.reads.filter((read) => read.includes('/pods/'));

/** Four pods in service. */
beforeEach(async () => {
  readsFail = false;
  harness = createHarness({
    connect: ({ client, ...others }) => ({
      ...others,
      client: {
        ...client,
        request: (call) =>
          readsFail && call.method === 'GET'
            ? Promise.reject(new KubeUnreachable('connection reset'))
            : client.request(call),
      },
    }),
  });
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, all);
});

afterEach(() => harness.stop());

it('a pod that vanished unseen is deregistered when the API server has said that it is gone', async () => {
  harness.vanishPod(1);
  harness.loseSightOf(1);
  await settle();
  expect(readsOfPods()).toEqual(['GET /api/v1/namespaces/shop/pods/web-1']);
  expect(harness.elb.registered()).toEqual([2, 3, 4].map(key));
});

it('a pod that the API server has stays, and the status says that the cache is behind', async () => {
  harness.loseSightOf(1);
  await harness.clock.advance(60_000);
  expect(harness.elb.registered()).toEqual(all.map(key));
  expect(harness.conditionOf('Ready')).toBe('False CacheBehind');
  harness.changePod(1, {});
  await harness.clock.advance(60_000);
  expect(harness.conditionOf('Ready')).toBe('True InStep');
});

it('a pod is not taken for gone by a read that fails', async () => {
  readsFail = true;
  harness.vanishPod(1);
  harness.loseSightOf(1);
  await harness.clock.advance(60_000);
  expect(harness.elb.registered()).toEqual(all.map(key));
  readsFail = false;
  await harness.clock.advance(60_000);
  expect(harness.elb.registered()).toEqual([2, 3, 4].map(key));
});

// LBC#3711, #2085, #1141: an empty answer once emptied target groups.
it('a list that comes back short of everything removes nothing while the API server has the pods', async () => {
  for (const n of all) harness.loseSightOf(n);
  await harness.clock.advance(600_000);
  expect(harness.elb.registered()).toEqual(all.map(key));
  // It asks about each of them with every try, and tries at most every half minute in the end.
  expect(readsOfPods().length).toBeLessThan(40 * all.length);
  harness.elb.calls.length = 0;
  for (const n of all) harness.changePod(n, {});
  await harness.clock.advance(60_000);
  expect(harness.elb.changes()).toEqual([]);
});

it('pods that were deleted while their syncer was down are asked for once each, and leave', async () => {
  await harness.stop();
  for (const n of [1, 2]) harness.removePod(n);
  await harness.restart();
  await settle();
  expect(harness.elb.registered()).toEqual([3, 4].map(key));
  expect(readsOfPods()).toHaveLength(2);
});

it('a pod whose successor has its name needs no proof that it is gone', async () => {
  await harness.stop();
  harness.removePod(1);
  harness.setPod(1, { ip: '10.0.0.9' }, 'uid-successor');
  await harness.restart();
  await settle();
  expect(readsOfPods()).toEqual([]);
  expect(harness.elb.registered()).toEqual([2, 3, 4, 9].map(key));
});
