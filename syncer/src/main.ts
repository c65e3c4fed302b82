import { hostname } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { connect } from '@targetgate/shared/kube';
import { namesOf } from '@targetgate/shared/names';
import {
  configure,
  createLogger,
  createMetricsRegistry,
  run,
  startHealthServer,
  systemClock,
} from '@targetgate/shared/runtime';
import { createBudgetMetrics } from './budget-metrics.ts';
import { followCluster } from './cluster.ts';
import { configuredSync } from './configured-sync.ts';
import { leaseNamespaceOf } from './lease-namespace.ts';
import { createLeaderMetrics } from './leader-metrics.ts';
import { createCandidacy, type Candidacy } from './leadership/candidacy.ts';
import type { Standing } from './leadership/hold.ts';
import { identityOf } from './leadership/identity.ts';
import { shardOf } from './leadership/shard.ts';
import { createTerms, type Terms } from './leadership/terms.ts';
import { timingOf } from './leadership/timing.ts';
import { unopposed } from './leadership/unopposed.ts';
import { createSyncMetrics } from './metrics.ts';
import { about, settings } from './settings.ts';
import { statusPage, type ShardLeader } from './status-page.ts';
import type { BindingView } from './sync/binding-view.ts';
import { beginTerm, type Term, type TermSurroundings } from './term.ts';

// V8 collects garbage when the heap has grown by this much, not by half or more: with 5,000 pods, 140 MiB of resident
// memory instead of 216, at 15 % more CPU (`npm run bench -- mass-start-large`).
setFlagsFromString('--heap-growing-percent=15');

const config = configure({ program: 'targetgate-syncer', about, settings });
const logger = createLogger('syncer', config['log-level']);

await run(logger, async (onStop) => {
  const names = namesOf(config['api-group']);
  const registry = createMetricsRegistry();
  const client = connect({ kubeconfig: config.kubeconfig });
  onStop(() => client.close());

  const metrics = createSyncMetrics(registry, {
    queueDepth: () => [...terms.all()].reduce((sum, { syncer }) => sum + syncer.queueDepth, 0),
    views: () => views(),
    now: () => systemClock.now(),
  });
  const onWaited = createBudgetMetrics(registry, () =>
    [...terms.all()].flatMap((term) => [...term.purses()]),
  );

  const namespace = config['watch-namespace'];
  const cluster = followCluster({
    client,
    names,
    namespace,
    tell: (news) => {
      for (const { syncer } of terms.all()) news(syncer);
    },
    onProblem: (kind, err) => {
      metrics.failed(`watch ${kind}`, err instanceof Error ? err.name : 'Error');
      logger.warn({ err, kind }, 'watch interrupted; the cache keeps what it has');
    },
  });
  onStop(() => cluster.stop());

  const standingChanged = createLeaderMetrics(registry, () => candidacy.standings());
  const onStanding = (shard: number, standing: Standing): void => {
    standingChanged(shard, standing);
    logger.info({ shard, standing }, 'leadership');
    if (standing === 'leading') cluster.hasten();
    terms.onStanding(shard, standing);
  };
  const shards = config.shadow ? 1 : config.shards;
  const candidacy: Candidacy = config.shadow
    ? unopposed(onStanding)
    : createCandidacy({
        client,
        namespace: leaseNamespaceOf(config),
        shards,
        identity: identityOf(config.identity, hostname()),
        timing: timingOf(config['lease-duration']),
        clock: systemClock,
        onStanding,
        onProblem: (shard, err) => {
          metrics.failed('lease', err instanceof Error ? err.name : 'Error');
          logger.warn({ err, shard }, 'the Lease could not be followed or renewed; it will be tried again');
        },
      });
  onStop(() => candidacy.close());

  const surroundings: TermSurroundings = {
    client,
    names,
    snapshot: cluster.snapshot,
    ...configuredSync(config),
    namespace,
    region: process.env.AWS_REGION,
    clock: systemClock,
    onWaited,
    metrics,
    logger,
  };
  const terms: Terms<Term> = createTerms((shard) =>
    beginTerm({ shard: shardOf(shard, shards), fence: candidacy.fenceOf(shard) }, surroundings),
  );
  const leaders = (): ShardLeader[] =>
    candidacy.standings().map((standing, shard) => ({ standing, holder: candidacy.holderOf(shard) }));
  const views = (): BindingView[] => [...terms.all()].flatMap(({ syncer }) => [...syncer.views()]);
  // First the work ends, then the Lease: until then it is renewed.
  onStop(() => {
    candidacy.retire();
    return terms.stop();
  });

  let synced = false;
  const health = await startHealthServer({
    host: config.host,
    port: config['metrics-port'],
    registry,
    notReady: () => {
      if (!synced) return 'waiting for the first lists of the cluster';
      const unseen = candidacy.unseen();
      return unseen.length === 0 ? undefined : `waiting for its first look at ${unseen.join(', ')}`;
    },
    pages: {
      '/': () => statusPage(views(), { shadow: config.shadow, leaders: leaders(), now: systemClock.now() }),
    },
  });
  onStop(() => health.close());

  await cluster.synced;
  synced = true;
  logger.info({ ...cluster.sizes, shadow: config.shadow }, 'caches are warm');
  candidacy.start();
});
