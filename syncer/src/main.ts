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
import { cacheBindings, cachePods, cacheServices, createSnapshot } from '@targetgate/shared/snapshot';
import { createTargetGroups } from './aws/target-groups.ts';
import { createSyncMetrics } from './metrics.ts';
import { defaultPolicy } from './plan/index.ts';
import { about, settings } from './settings.ts';
import { statusPage } from './status-page.ts';
import { createBindingApi } from './sync/binding-api.ts';
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
    targets: () =>
      [...syncer.views()].flatMap(({ binding, states }) =>
        [...states].map(([state, count]) => ({
          namespace: binding.namespace,
          binding: binding.name,
          state,
          count,
        })),
      ),
  });
  const targetGroups = createTargetGroups((call) => metrics.elbCall(call));
  onStop(() => targetGroups.close());

  const listenersOf = <T>(kind: string, onChange: (change: T) => void) => ({
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
  const caches = [bindings, services, pods];
  for (const cache of caches) onStop(() => cache.stop());

  const syncer: Syncer = createSyncer({
    client,
    names,
    snapshot: createSnapshot({ bindings: bindings.store, services: services.store, pods: pods.store }),
    targetGroups,
    bindingApi: createBindingApi(client, names, systemClock),
    policy: defaultPolicy,
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
    notReady: () => (synced ? undefined : 'waiting for the caches of bindings, services and pods'),
    pages: { '/': () => statusPage(syncer.views()) },
  });
  onStop(() => health.close());

  await Promise.all(caches.map((cache) => cache.synced));
  synced = true;
  syncer.start();
  logger.info({ bindings: bindings.store.size, pods: pods.store.size }, 'syncing');
});
