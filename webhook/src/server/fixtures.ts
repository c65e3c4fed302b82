import { apiBinding, apiNamespace, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import { createLogger, createMetricsRegistry } from '@targetgate/shared/runtime';
import { createBindingAdmission } from '../admission/binding-admission.ts';
import { createEvictionAdmission } from '../admission/eviction/eviction-admission.ts';
import { liveOf } from '../admission/eviction/fixtures.ts';
import type { LiveCluster } from '../admission/eviction/live-cluster.ts';
import type { Admit } from '../admission/outcome.ts';
import { createPodAdmissions } from '../admission/pod-admission.ts';
import { createMetrics } from '../metrics.ts';
import { followSync } from '../sync.ts';
import type { Limits } from './limits.ts';
import { paths } from './paths.ts';
import { buildServer } from './server.ts';

const labels = { app: 'web' };
const targetGroup = { arn: 'arn:web', protocol: 'HTTP', deregistrationDelaySeconds: 10 };
const names = namesOf(lbcGroup);
const view = snapshotOf({
  bindings: [apiBinding({ status: { targetGroup } })],
  services: [apiService()],
  namespaces: [apiNamespace({ metadata: { labels: { [names.evictionLabel]: 'enabled' } } })],
});

/** A server over a cluster with one binding, `web`, in a namespace that asks for evictions to be guarded, which has its caches or waits for them in vain. */
export function createServer(
  options: {
    synced?: Promise<unknown>;
    admit?: Admit;
    live?: LiveCluster;
    hasNativeSleep?: boolean;
    limits?: Partial<Limits>;
  } = {},
) {
  const given = {
    names,
    view,
    sync: followSync(options.synced ?? Promise.resolve(), 20),
  };
  const { hasNativeSleep = true } = options;
  const admit = {
    ...createPodAdmissions({ ...given, longestSleepSeconds: 600, hasNativeSleep: () => hasNativeSleep }),
    ...(options.admit && { pods: options.admit }),
    bindings: createBindingAdmission({ ...given, allowedByDefault: ['*'] }),
    evictions: createEvictionAdmission({
      ...given,
      live: options.live ?? liveOf([]),
      clock: { now: () => Date.UTC(2026, 4, 1, 12) },
      deadlineMs: 600_000,
    }),
  };
  const registry = createMetricsRegistry();
  const app = buildServer({
    admit,
    metrics: createMetrics(registry),
    logger: createLogger('test', 'silent'),
    ...(options.limits && { limits: options.limits }),
  });
  const send = (payload: string, to: keyof typeof paths = 'pods', type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: `${paths[to]}?timeout=5s`,
      ...(type !== '' && { headers: { 'content-type': type } }),
      payload,
    });
  const requests = async (): Promise<Record<string, number>> => {
    const metric = await registry.getSingleMetric('targetgate_webhook_requests_total')?.get();
    return Object.fromEntries(
      (metric?.values ?? []).map(({ labels, value }) => [String(labels['result']), value]),
    );
  };
  /** The value of a metric, by its name and labels as /metrics prints them. */
  const metric = async (line: string): Promise<number> => {
    const text = await registry.metrics();
    const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
    return Number(found?.split(' ')[1]);
  };
  return { app, send, requests, metric };
}

/** A pod of the service `web` as a controller creates it, whose end outlasts the drain; `fields` are of its metadata. */
export const pod = (fields: object = {}) => ({
  metadata: { generateName: 'web-', labels, ...fields },
  spec: {
    terminationGracePeriodSeconds: 60,
    containers: [{ name: 'app', image: 'app', lifecycle: { preStop: { sleep: { seconds: 25 } } } }],
  },
});

/** The body of a review of that pod; `fields` are of the request. */
export const review = (fields: object = {}) =>
  JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      operation: 'CREATE',
      namespace: 'shop',
      object: pod(),
      ...fields,
    },
  });
