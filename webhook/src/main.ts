import type { Identity } from '@targetgate/certs';
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
  cacheNamespaces,
  cacheServices,
  createBindingsView,
} from '@targetgate/shared/snapshot';
import { createBindingAdmission } from './admission/binding-admission.ts';
import { createEvictionAdmission } from './admission/eviction/eviction-admission.ts';
import { createLiveCluster } from './admission/eviction/live-cluster.ts';
import { createPodAdmissions } from './admission/pod-admission.ts';
import { followApiServer } from './api-server/follow-api-server.ts';
import { followCertDir } from './certificates/cert-dir.ts';
import { manageCertificates } from './certificates/self-managed.ts';
import { expiryOf, useIdentity } from './certificates/use-identity.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { listen } from './server/listen.ts';
import { buildServer } from './server/server.ts';
import { settings } from './settings.ts';
import { followSync } from './sync.ts';

const config = configure({
  program: 'targetgate-webhook',
  about:
    'Adds a readiness gate to each new pod for every target group that it is bound to, makes its end outlast the drain, checks bindings, and guards evictions.',
  settings,
});
const logger = createLogger('webhook', config['log-level']);

await run(logger, async (onStop) => {
  const { host } = config;
  const registry = createMetricsRegistry();
  const metrics = createMetrics(registry);
  const readiness = createReadiness();
  const listsRead = readiness.waitFor('the first lists of bindings, services and namespaces');
  const versionKnown = readiness.waitFor('the version of the API server');
  const certificateLoaded = readiness.waitFor('the certificate');
  const certificateTrusted = readiness.waitFor('the API server to be told to trust it');
  const { notReady } = readiness;
  const health = await startHealthServer({ host, port: config['metrics-port'], registry, notReady });
  onStop(() => health.close());

  const client = connect({ kubeconfig: config.kubeconfig });
  onStop(() => client.close());

  const names = namesOf(config['api-group']);
  const onProblem = (err: unknown): void => logger.warn({ err }, 'a cache is behind; trying again');
  const bindings = cacheBindings(client, names, { onProblem });
  const services = cacheServices(client, { onProblem });
  const namespaces = cacheNamespaces(client, { onProblem });
  const caches = [bindings, services, namespaces];
  onStop(() => Promise.all(caches.map((cache) => cache.stop())).then(() => undefined));
  const synced = Promise.all(caches.map((cache) => cache.synced));
  void synced.then(listsRead);

  const sync = followSync(synced);
  const view = createBindingsView({
    bindings: bindings.store,
    services: services.store,
    namespaces: namespaces.store,
  });
  const allowedByDefault = config['allowed-target-groups'];
  const apiServer = followApiServer({
    client,
    onVersion: (version) => {
      versionKnown();
      logger.info({ version }, 'the API server has said its version');
    },
    onProblem: (err) => logger.warn({ err }, 'the version of the API server is not known; trying again'),
  });
  onStop(() => apiServer.close());
  const app = buildServer({
    admit: {
      ...createPodAdmissions({
        names,
        view,
        sync,
        longestSleepSeconds: config['longest-sleep'] / 1000,
        hasNativeSleep: apiServer.hasNativeSleep,
      }),
      bindings: createBindingAdmission({ names, view, sync, allowedByDefault }),
      evictions: createEvictionAdmission({
        names,
        view,
        sync,
        live: createLiveCluster(client, systemClock),
        clock: systemClock,
        deadlineMs: config['eviction-deadline'],
      }),
    },
    metrics,
    logger,
  });
  const port = await listen(app, { host, port: config.port });
  onStop(() => app.close());

  const use = (identity: Identity, authority?: string): void => {
    const expires = useIdentity(app.server, identity);
    metrics.certificateExpires(expires);
    if (authority !== undefined) metrics.authorityExpires(expiryOf(authority));
    certificateLoaded();
    logger.info({ port, expires: new Date(expires) }, 'serving with a new certificate');
  };
  const directory = config['cert-dir'];
  const certificates =
    directory === undefined
      ? manageCertificates({
          client,
          secret: { namespace: config.namespace, name: config['secret-name'] },
          service: config['service-name'],
          configuration: config['webhook-configuration'],
          lives: { authorityMs: config['authority-life'], servingMs: config['certificate-life'] },
          clock: systemClock,
          use,
          onTrust: (isComplete) => {
            metrics.trusted(isComplete);
            if (isComplete) certificateTrusted();
          },
          logger,
        })
      : followCertDir({
          directory,
          use: (identity) => {
            use(identity);
            // Whoever made it sees to that.
            metrics.trusted(true);
            certificateTrusted();
          },
          onProblem: (err) => logger.warn({ err }, 'looking again; what was loaded last stays in use'),
        });
  onStop(() => {
    readiness.stop();
    return certificates.close();
  });
});
