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
import {
  cacheBindings,
  cacheEndpointSlices,
  cacheNamespaces,
  cacheNodes,
  cachePods,
  cacheServices,
  createSnapshot,
} from '@targetgate/shared/snapshot';
import { createBudget, type Budget } from './aws/budget/index.ts';
import { createTargetGroups } from './aws/target-groups.ts';
import { createBudgetMetrics } from './budget-metrics.ts';
import { createSyncMetrics } from './metrics.ts';
import { configuredSync } from './configured-sync.ts';
import { listLedgerOwners } from './ledger/ledgers-left.ts';
import { about, settings } from './settings.ts';
import { statusPage } from './status-page.ts';
import { createBindingApi } from './sync/binding-api.ts';
import { createClusterReads } from './sync/cluster-reads.ts';
import { createEvents } from './sync/events.ts';
import { createSyncer, type Syncer } from './sync/syncer.ts';

const config = configure({ program: 'targetgate-syncer', about, settings });
const logger = createLogger('syncer', config['log-level']);

await run(logger, async (onStop) => {
  const names = namesOf(config['api-group']);
  const registry = createMetricsRegistry();
  const client = connect({ kubeconfig: config.kubeconfig });
  onStop(() => client.close());

  const metrics = createSyncMetrics(registry, {
    queueDepth: () => syncer.queueDepth,
    views: () => syncer.views(),
    now: () => systemClock.now(),
  });
  const budget: Budget = createBudget({
    clock: systemClock,
    region: process.env.AWS_REGION,
    onWaited: createBudgetMetrics(registry, () => budget.purses()),
  });
  const targetGroups = createTargetGroups({
    onCall: (call) => metrics.elbCall(call),
    turns: budget,
    withTags: config['namespace-tag'] !== undefined,
  });
  onStop(() => targetGroups.close());

  const namespace = config['watch-namespace'];
  const listenersOf = <T>(kind: string, onChange: (change: T) => void) => ({
    namespace,
    onChange,
    onProblem: (err: unknown) => {
      metrics.failed(`watch ${kind}`, err instanceof Error ? err.name : 'Error');
      logger.warn({ err, kind }, 'watch interrupted; the cache keeps what it has');
    },
  });
  const bindings = cacheBindings(
    client,
    names,
    listenersOf('targetgroupbindings', (change) => syncer.onBinding(change)),
  );
  const services = cacheServices(
    client,
    listenersOf('services', (change) => syncer.onService(change)),
  );
  const pods = cachePods(
    client,
    listenersOf('pods', (change) => syncer.onPod(change)),
  );
  const nodes = cacheNodes(
    client,
    listenersOf('nodes', (change) => syncer.onNode(change)),
  );
  const namespaces = cacheNamespaces(
    client,
    listenersOf('namespaces', (change) => syncer.onNamespace(change)),
  );
  const endpointSlices = cacheEndpointSlices(
    client,
    listenersOf('endpointslices', (change) => syncer.onEndpointSlice(change)),
  );
  const caches = [bindings, services, pods, nodes, namespaces, endpointSlices];
  for (const cache of caches) onStop(() => cache.stop());

  const events = createEvents(client, systemClock, logger);
  onStop(() => events.idle());
  const syncer: Syncer = createSyncer({
    client,
    names,
    snapshot: createSnapshot({
      bindings: bindings.store,
      services: services.store,
      pods: pods.store,
      nodes: nodes.store,
      namespaces: namespaces.store,
      endpointSlices: endpointSlices.store,
    }),
    targetGroups,
    turns: budget,
    bindingApi: createBindingApi(client, names),
    reads: createClusterReads(client, names),
    events,
    ...configuredSync(config),
    clock: systemClock,
    metrics,
    logger,
  });
  onStop(() => syncer.stop());

  let synced = false;
  const health = await startHealthServer({
    host: config.host,
    port: config['metrics-port'],
    registry,
    notReady: () => (synced ? undefined : 'waiting for the first lists of the cluster'),
    pages: { '/': () => statusPage(syncer.views(), { shadow: config.shadow, now: systemClock.now() }) },
  });
  onStop(() => health.close());

  await Promise.all(caches.map((cache) => cache.synced));
  synced = true;
  const owners = await listLedgerOwners(client, names, namespace).catch((err: unknown) => {
    logger.warn({ err }, 'ledgers of bindings that are gone are not looked for until the next start');
    return [];
  });
  syncer.endLost(owners);
  syncer.start();
  logger.info({ bindings: bindings.store.size, pods: pods.store.size, shadow: config.shadow }, 'syncing');
});
