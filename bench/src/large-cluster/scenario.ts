import { setTimeout as sleep } from 'node:timers/promises';
import { useOf } from '@targetgate/sandbox/measure';
import { addressRange } from '@targetgate/sandbox/nodes';
import type { World } from '@targetgate/sandbox/world';
import { followGates } from '../crowd/follow-gates.ts';
import { makeNodes } from '../crowd/make-apps.ts';
import { plannedPods, type PlannedGroup } from '../crowd/plan.ts';
import { serve } from '../crowd/serve.ts';
import { firstAddress } from '../crowd/start-crowd.ts';
import { callsWithin } from '../elb-calls.ts';
import { inWorld, type Follow } from '../in-world.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { startSyncer, stopSyncers, untilAnswers } from '../syncer-process.ts';
import { rollingUpdate } from './rolling-update.ts';
import { watchUse } from './watch-use.ts';

const groups = 200;
const podsPerGroup = 100;
/** A tenth of each group is replaced. */
const replacedPerGroup = 10;
const idleSeconds = 60;
/** For what a start still brings once all groups were looked at. */
const settleMs = 20_000;

/**
 * A cluster that has long been running: 20,000 pods serve in 200 bindings when a syncer starts.
 *
 * Real: the control plane with its lists and watches, the webhook, the syncer, the ELB API. Not real: the pods, which
 * are objects (see crowd/store-pods.ts), and the health checks, which pass without being made.
 */
export const largeCluster: Scenario = {
  name: 'large-cluster',
  about: '20,000 pods in 200 bindings: a start, a minute at rest, a rolling update of a tenth',
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, { elb: { checks: 'assumed' } }, (world, follow) =>
      measure(world, follow, onProgress),
    ),
};

async function measure(
  world: World,
  follow: Follow,
  onProgress: (line: string) => void,
): Promise<readonly Figure[]> {
  const gates = followGates();
  follow((event) => gates.see(event));
  await stopSyncers(world);

  onProgress('200 apps, and 20,000 pods that serve');
  const { apps, pods } = await serve(world, { groups, podsPerGroup });

  onProgress('a syncer starts');
  const syncer = await startSyncer(world);
  const use = watchUse(syncer.pid, world.broken);
  const listeningMs = await untilAnswers(world, syncer, '/healthz');
  const syncedMs = await untilAnswers(world, syncer, '/readyz');
  const lagAtStart = await syncer.metric('nodejs_eventloop_lag_max_seconds');
  onProgress(
    `it has synced after ${(syncedMs / 1000).toFixed(1)} s; waiting until it has looked at all target groups`,
  );
  const lookedMs = (await untilLookedAt(world, apps, syncer.startedAt)) - syncer.startedAt;

  await sleep(settleMs, undefined, { signal: world.broken });

  onProgress('a minute at rest');
  const restFrom = use.cpuSeconds();
  await sleep(idleSeconds * 1000, undefined, { signal: world.broken });
  const restCpu = use.cpuSeconds() - restFrom;
  const restRss = (await useOf(syncer.pid))?.rssMiB ?? 0;

  onProgress('a tenth of the pods is replaced');
  await syncer.metric('nodejs_eventloop_lag_max_seconds');
  const updateFrom = use.cpuSeconds();
  const range = addressRange(world.addresses.pods);
  const grown = plannedPods({ groups, podsPerGroup: podsPerGroup + replacedPerGroup }, (position) =>
    range.at(firstAddress + position),
  );
  const [old, fresh] = [pods.slice(0, groups * replacedPerGroup), grown.slice(pods.length)];
  await makeNodes(world, [...new Set(fresh.map(({ node }) => node))]);
  const gatesMs = await rollingUpdate(world, { old, fresh, openedAt: gates.openedAt });
  await use.stop();
  return [
    { of: 'process start -> /healthz answers', value: listeningMs / 1000, unit: 's', goal: { atMost: 1 } },
    { of: 'process start -> all caches synced', value: syncedMs / 1000, unit: 's' },
    { of: 'process start -> ELB asked about all 200 groups', value: lookedMs / 1000, unit: 's' },
    { of: 'event-loop lag until synced, max', value: lagAtStart * 1000, unit: 'ms', goal: { atMost: 50 } },
    { of: 'RSS at rest', value: restRss, unit: 'MiB' },
    { of: 'RSS, the most', value: use.rssMiB(), unit: 'MiB' },
    { of: 'CPU of a minute at rest', value: restCpu, unit: 's' },
    { of: 'CPU of the rolling update of 2,000 pods', value: use.cpuSeconds() - updateFrom, unit: 's' },
    { of: 'last new pod ContainersReady -> all 2,000 gates True', value: gatesMs / 1000, unit: 's' },
    {
      of: 'event-loop lag in the rolling update, max',
      value: (await syncer.metric('nodejs_eventloop_lag_max_seconds')) * 1000,
      unit: 'ms',
      goal: { atMost: 50 },
    },
  ];
}

/** Waits until ELB has been asked for the health of each app's targets; gives when that was (epoch ms). */
function untilLookedAt(world: World, apps: readonly PlannedGroup[], from: number): Promise<number> {
  return world.until(
    'ELB has been asked about all target groups',
    () => {
      const firstLooks = new Map<string, number>();
      for (const { operation, result, targetGroup = '', at } of callsWithin(world.journal, {
        from,
        to: Infinity,
      }))
        if (operation === 'DescribeTargetHealth' && result === 'ok' && !firstLooks.has(targetGroup))
          firstLooks.set(targetGroup, at);
      return Promise.resolve(
        firstLooks.size === apps.length
          ? { done: Math.max(...firstLooks.values()) }
          : { still: `${firstLooks.size} of ${apps.length} so far` },
      );
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
}
