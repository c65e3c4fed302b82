import { beforeEach, expect, it } from '@jest/globals';
import { createMetricsRegistry, type Registry } from '@targetgate/shared/runtime';
import { createSyncMetrics } from './metrics.ts';
import { entry, inputOf } from './plan/fixtures.ts';
import type { BindingView } from './sync/binding-view.ts';
import type { SyncMetrics } from './sync/context.ts';

const view: BindingView = {
  binding: inputOf({}).binding,
  targetGroupArn: 'arn:web',
  counts: { desired: 3, healthy: 2, draining: 1, foreign: 4 },
  states: new Map([
    ['healthy', 2],
    ['initial', 1],
  ]),
  targetsInGroup: 998,
  problem: undefined,
  concerns: [],
  waiting: [
    { pod: 'web-1', why: '', since: 60_000 },
    { pod: 'web-2', why: '', since: 90_000 },
    { pod: 'web-3', why: '', since: undefined },
  ],
  held: [1, 2].map((n) => ({
    target: entry(n).target,
    subject: entry(n).subject,
    cause: 'service-gone',
    until: '',
  })),
  pending: [],
  ungated: ['web-4'],
  outlasting: undefined,
  ends: [],
};

let registry: Registry;
let metrics: SyncMetrics;
let views: BindingView[];

beforeEach(() => {
  registry = createMetricsRegistry();
  views = [view];
  metrics = createSyncMetrics(registry, { queueDepth: () => 7, views: () => views, now: () => 100_000 });
});

/** The lines of one metric, without its name's prefix. */
async function lines(name: string): Promise<string[]> {
  const all = (await registry.metrics()).split('\n');
  return all
    .filter((line) => line.startsWith(`targetgate_syncer_${name}`))
    .map((line) => line.slice('targetgate_syncer_'.length));
}

it.each([
  ['targets{', 'targets{namespace="shop",binding="web",state="healthy"} 2'],
  ['targets{', 'targets{namespace="shop",binding="web",state="initial"} 1'],
  ['foreign_targets', 'foreign_targets{namespace="shop",binding="web"} 4'],
  ['target_quota_headroom', 'target_quota_headroom{namespace="shop",binding="web"} 2'],
  ['held_removals', 'held_removals{namespace="shop",binding="web",cause="service-gone"} 2'],
  ['waiting_pods', 'waiting_pods{namespace="shop",binding="web"} 3'],
  ['longest_wait_seconds', 'longest_wait_seconds{namespace="shop",binding="web"} 40'],
  ['ungated_pods', 'ungated_pods{namespace="shop",binding="web"} 1'],
  ['binding_ready', 'binding_ready{namespace="shop",binding="web",reason="InStep"} 1'],
  ['queue_depth', 'queue_depth 7'],
])('%s says of a binding what its view says', async (name, line) => {
  expect(await lines(name)).toContain(line);
});

it('a binding with a problem is not ready, for that reason only', async () => {
  views = [{ ...view, problem: { reason: 'ServiceNotFound', message: '' } }];
  expect(await lines('binding_ready')).toEqual([
    'binding_ready{namespace="shop",binding="web",reason="ServiceNotFound"} 0',
  ]);
});

it('of a binding whose group was not looked at yet nothing says that it is ready', async () => {
  views = [{ ...view, counts: undefined }];
  expect(await lines('binding_ready')).toEqual([]);
});

it('a binding that is gone leaves no series behind', async () => {
  await registry.metrics();
  views = [];
  expect(await lines('targets{')).toEqual([]);
  expect(await lines('held_removals')).toEqual([]);
});

it('ends are counted in the namespaces that have a binding', async () => {
  const namespaces = new Set(
    (await lines('terminations_total')).map((line) => /namespace="([^"]+)"/.exec(line)?.[1]),
  );
  expect(namespaces).toEqual(new Set(['shop']));
});

it('what was not looked at yet has no numbers, rather than zeros', async () => {
  views = [{ ...view, counts: undefined, targetsInGroup: undefined }];
  expect(await lines('foreign_targets')).toEqual([]);
  expect(await lines('target_quota_headroom')).toEqual([]);
});

it('calls, failures and leads are counted under their names', async () => {
  metrics.elbCall({ operation: 'register', result: 'Throttled', seconds: 0.2 });
  metrics.failed('look', 'AccessDenied');
  metrics.shadowLead('deregister', 12);
  expect(await lines('aws_calls_total')).toEqual([
    'aws_calls_total{operation="register",result="Throttled"} 1',
  ]);
  expect(await lines('errors_total')).toEqual(['errors_total{work="look",reason="AccessDenied"} 1']);
  expect(await lines('shadow_lead_seconds_sum')).toEqual(['shadow_lead_seconds_sum{change="deregister"} 12']);
});
