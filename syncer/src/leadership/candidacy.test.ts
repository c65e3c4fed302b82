import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { KubeError, type KubeClient } from '@targetgate/shared/kube';
import { createFakeClock } from '../sync/fixtures/clock.ts';
import { createCandidacy, type Candidacy } from './candidacy.ts';
import { identityOf } from './identity.ts';
import { timingOf } from './timing.ts';

let candidacy: Candidacy;
let problems: unknown[];
/** The Leases that may not be read. */
let forbidden: readonly string[];
/** Settles when a watch has been refused. */
let refused: PromiseWithResolvers<undefined>;

beforeEach(() => {
  [problems, forbidden, refused] = [[], [], Promise.withResolvers()];
  const bookmark = {
    type: 'BOOKMARK',
    object: { metadata: { resourceVersion: '1', annotations: { 'k8s.io/initial-events-end': 'true' } } },
  };
  const client: KubeClient = {
    request: () => Promise.reject(new KubeError(500, 'InternalError', 'nothing is asked here')),
    lines: async function* ({ query, signal }) {
      const name = query?.fieldSelector?.replace('metadata.name=', '') ?? '';
      if (forbidden.includes(name)) throw new KubeError(403, 'Forbidden', `${name}: no`);
      yield JSON.stringify(bookmark);
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    },
    close: () => Promise.resolve(),
  };
  candidacy = createCandidacy({
    client,
    namespace: 'home',
    shards: 2,
    identity: identityOf('syncer-1', 'host'),
    timing: timingOf(7_000),
    clock: createFakeClock(1),
    onStanding: () => undefined,
    onProblem: (_, problem) => {
      problems.push(problem);
      refused.resolve(undefined);
    },
  });
});
afterEach(() => candidacy.close());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('before it has looked, it has seen no Lease', () => {
  expect(candidacy.unseen()).toEqual(['targetgate-syncer-0', 'targetgate-syncer-1']);
});

it('a Lease that is not there has been seen', async () => {
  candidacy.start();
  await turn();
  expect(candidacy.unseen()).toEqual([]);
});

it('one that it may not read is never seen, and why is told', async () => {
  forbidden = ['targetgate-syncer-1'];
  candidacy.start();
  await refused.promise;
  await turn();
  expect(candidacy.unseen()).toEqual(['targetgate-syncer-1']);
  expect(problems).toMatchObject([{ status: 403, message: 'targetgate-syncer-1: no' }]);
});
