import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { apiBinding, apiPod, apiService } from '../fixtures/cluster.ts';
import { startFakeApiServer, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { connect, type KubeClient, type RawObject } from '../kube/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import { cacheBindings, cachePods, cacheServices } from './caches.ts';
import { createSnapshot } from './snapshot.ts';

let server: FakeApiServer;
let client: KubeClient;
beforeEach(async () => {
  server = await startFakeApiServer();
  client = connect({ kubeconfig: server.kubeconfig });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

it('the caches of a cluster, each of its own collection, make a snapshot', async () => {
  const collections: Record<string, RawObject> = {
    '/api/v1/pods': apiPod(),
    '/api/v1/services': apiService(),
    '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings': apiBinding(),
  };
  server.fault = ({ path, query }) => {
    if (query.watch === 'true') return 'hang';
    return {
      status: 200,
      body: JSON.stringify({ metadata: { resourceVersion: '1' }, items: [collections[path]] }),
    };
  };
  const changed: string[] = [];
  const onChange = ({ after }: { after: { name: string } | undefined }): void => {
    changed.push(after?.name ?? '');
  };
  const [pods, services, bindings] = [
    cachePods(client, { onChange }),
    cacheServices(client, { onChange }),
    cacheBindings(client, namesOf(lbcGroup), { onChange }),
  ];
  await Promise.all([pods.synced, services.synced, bindings.synced]);
  const snapshot = createSnapshot({ pods: pods.store, services: services.store, bindings: bindings.store });
  expect(snapshot.podsMatching('shop', { app: 'web' }).map(({ name }) => name)).toEqual(['web-1']);
  expect([...snapshot.bindingsOfService('shop', 'web')].map(({ name }) => name)).toEqual(['web']);
  expect(snapshot.service('shop', 'web')?.selector).toEqual({ app: 'web' });
  expect(changed.sort()).toEqual(['web', 'web', 'web-1']);
  await Promise.all([pods.stop(), services.stop(), bindings.stop()]);
});
