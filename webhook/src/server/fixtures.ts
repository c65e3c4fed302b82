import { apiBinding, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import { namesOf } from '@targetgate/shared/names';
import { createLogger, createMetricsRegistry } from '@targetgate/shared/runtime';
import { createBindingAdmission } from '../admission/binding-admission.ts';
import type { Admit } from '../admission/outcome.ts';
import { createPodAdmission } from '../admission/pod-admission.ts';
import { createMetrics } from '../metrics.ts';
import { followSync } from '../sync.ts';
import { paths } from './paths.ts';
import { buildServer } from './server.ts';

const labels = { app: 'web' };
const view = snapshotOf({ bindings: [apiBinding()], services: [apiService()] });

/** A server over a cluster with one binding, `web`, that has its caches or waits for them in vain. */
export function createServer(options: { synced?: Promise<unknown>; admit?: Admit } = {}) {
  const given = {
    names: namesOf('elbv2.k8s.aws'),
    view,
    sync: followSync(options.synced ?? Promise.resolve(), 20),
  };
  const admit = {
    pods: options.admit ?? createPodAdmission(given),
    bindings: createBindingAdmission({ ...given, allowedByDefault: ['*'] }),
  };
  const registry = createMetricsRegistry();
  const app = buildServer({
    admit,
    metrics: createMetrics(registry),
    logger: createLogger('test', 'silent'),
  });
  const send = (payload: string, to: keyof typeof paths = 'pods', type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: `${paths[to]}?timeout=5s`,
      headers: { 'content-type': type },
      payload,
    });
  const requests = async (): Promise<Record<string, number>> => {
    const metric = await registry.getSingleMetric('targetgate_webhook_requests_total')?.get();
    return Object.fromEntries(
      (metric?.values ?? []).map(({ labels, value }) => [String(labels['result']), value]),
    );
  };
  /** The value of a metric without labels. */
  const metric = async (line: string): Promise<number> => {
    const text = await registry.metrics();
    const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
    return Number(found?.split(' ')[1]);
  };
  return { send, requests, metric };
}

/** A pod of the service `web` as a controller creates it; `fields` are of its metadata. */
export const pod = (fields: object = {}) => ({
  metadata: { generateName: 'web-', labels, ...fields },
  spec: { containers: [{ name: 'app', image: 'app' }] },
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
