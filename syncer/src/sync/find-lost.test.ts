import { beforeEach, expect, it } from '@jest/globals';
import { KubeError, KubeUnreachable, type KubeClient } from '@targetgate/shared/kube';
import { namesOf } from '@targetgate/shared/names';
import { createLogger } from '@targetgate/shared/runtime';
import type { LedgerOwner } from '../ledger/ledgers-left.ts';
import { findLost } from './find-lost.ts';
import { createFakeClock, type FakeClock } from './fixtures/clock.ts';

const names = namesOf('elbv2.k8s.aws');
const list = {
  items: [
    {
      data: { targetGroupARN: 'arn:web' },
      metadata: {
        namespace: 'shop',
        name: names.ledger('web'),
        ownerReferences: [{ kind: 'TargetGroupBinding', name: 'web', uid: 'u1' }],
      },
    },
  ],
};

let clock: FakeClock;
/** What the API server answers, one after the other; then the list. */
let refusals: Error[];
let asked: number;
let found: (readonly LedgerOwner[])[];

beforeEach(() => {
  clock = createFakeClock(5);
  [refusals, asked, found] = [[], 0, []];
});

function start(): { close(): Promise<void> } {
  const client: KubeClient = {
    request: <T>() => {
      asked++;
      const refusal = refusals.shift();
      return refusal ? Promise.reject(refusal) : Promise.resolve(list as T);
    },
    lines: () => {
      throw new Error('nothing is watched here');
    },
    close: () => Promise.resolve(),
  };
  const logger = createLogger('test', 'silent');
  return findLost({ client, names, clock, logger }, undefined, (owners) => void found.push(owners));
}

it('the owners of ledgers are found once', async () => {
  start();
  await clock.advance(120_000);
  expect(found).toEqual([[{ namespace: 'shop', name: 'web', uid: 'u1', targetGroupArn: 'arn:web' }]]);
  expect(asked).toBe(1);
});

it('a failure does not keep them from being found', async () => {
  refusals = [new KubeUnreachable('no answer'), new KubeError(500, 'InternalError', 'etcd')];
  start();
  await clock.advance(10_000);
  expect([asked, found.length]).toEqual([3, 1]);
});

it('who may not list them does not ask again', async () => {
  refusals = [new KubeError(403, 'Forbidden', 'no')];
  start();
  await clock.advance(120_000);
  expect([asked, found.length]).toEqual([1, 0]);
});

it('nothing is asked after the end', async () => {
  refusals = [new KubeUnreachable('no answer')];
  const finding = start();
  await clock.advance(0);
  await finding.close();
  await clock.advance(120_000);
  expect(asked).toBe(1);
});
