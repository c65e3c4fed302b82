import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  apiBinding,
  apiEndpointSlice,
  apiNamespace,
  apiNode,
  apiPod,
  apiService,
} from '../fixtures/cluster.ts';
import { startFakeApiServer, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { connect, type KubeClient, type RawObject } from '../kube/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import {
  cacheBindings,
  cacheEndpointSlices,
  cacheNamespaces,
  cacheNodes,
  cachePods,
  cacheServices,
} from './caches.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';

let server: FakeApiServer;
let client: KubeClient;
let changed: string[];
beforeEach(async () => {
  changed = [];
  server = await startFakeApiServer();
  client = connect({ kubeconfig: server.kubeconfig });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

/** Serves one object in each of these collections. */
function serve(collections: Record<string, RawObject>): void {
  server.fault = ({ path, query }) => {
    if (query.sendInitialEvents === 'true') return { status: 422, body: '{}' };
    if (query.watch === 'true') return 'hang';
    const object = collections[path];
    if (object === undefined) return { status: 404, body: '{}' };
    return {
      status: 200,
      body: JSON.stringify({ metadata: { resourceVersion: '1' }, items: [object] }),
    };
  };
}

/** The snapshot of all caches, once they are synced; of one namespace or of all. */
async function snapshotFrom(namespace?: string): Promise<Snapshot> {
  const onChange = ({ after }: { after: { name: string } | undefined }): void => {
    changed.push(after?.name ?? '');
  };
  const caches = {
    pods: cachePods(client, { namespace, onChange }),
    services: cacheServices(client, { namespace, onChange }),
    bindings: cacheBindings(client, namesOf(lbcGroup), { namespace, onChange }),
    namespaces: cacheNamespaces(client, { namespace, onChange }),
    endpointSlices: cacheEndpointSlices(client, { namespace, onChange }),
    nodes: cacheNodes(client, { onChange }),
  };
  const { pods, services, bindings, namespaces, endpointSlices, nodes } = caches;
  await Promise.all(Object.values(caches).map(({ synced }) => synced));
  await Promise.all(Object.values(caches).map((cache) => cache.stop()));
  return createSnapshot({
    pods: pods.store,
    services: services.store,
    bindings: bindings.store,
    namespaces: namespaces.store,
    endpointSlices: endpointSlices.store,
    nodes: nodes.store,
  });
}

function expectWhole(snapshot: Snapshot): void {
  expect(snapshot.podsMatching('shop', { app: 'web' }).map(({ name }) => name)).toEqual(['web-1']);
  expect([...snapshot.bindingsOfService('shop', 'web')].map(({ name }) => name)).toEqual(['web']);
  expect(snapshot.service('shop', 'web')?.selector).toEqual({ app: 'web' });
  expect(snapshot.namespace('shop')?.name).toBe('shop');
  expect(snapshot.endpointSlicesOf('shop', 'web').map(({ name }) => name)).toEqual(['web-slice']);
  expect(snapshot.nodes().map(({ name }) => name)).toEqual(['node-1']);
  expect(changed.sort()).toEqual(['node-1', 'shop', 'web', 'web', 'web-1', 'web-slice']);
}

/** What was asked of a collection besides pages: its selectors. */
const selectorsOf = (path: string): readonly (string | undefined)[] => {
  const call = server.calls.find((it) => it.path === path && it.query.watch === undefined);
  return [call?.query.labelSelector, call?.query.fieldSelector];
};

it('the caches of a cluster, each of its own collection, make a snapshot', async () => {
  serve({
    '/api/v1/pods': apiPod(),
    '/api/v1/services': apiService(),
    '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings': apiBinding(),
    '/api/v1/namespaces': apiNamespace(),
    '/apis/discovery.k8s.io/v1/endpointslices': apiEndpointSlice(),
    '/api/v1/nodes': apiNode(),
  });
  expectWhole(await snapshotFrom());
  expect(selectorsOf('/api/v1/namespaces')).toEqual([undefined, undefined]);
});

it('the caches of one namespace ask for nothing of any other, and for all nodes', async () => {
  serve({
    '/api/v1/namespaces/shop/pods': apiPod(),
    '/api/v1/namespaces/shop/services': apiService(),
    '/apis/elbv2.k8s.aws/v1beta1/namespaces/shop/targetgroupbindings': apiBinding(),
    '/api/v1/namespaces': apiNamespace(),
    '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': apiEndpointSlice(),
    '/api/v1/nodes': apiNode(),
  });
  expectWhole(await snapshotFrom('shop'));
  expect(selectorsOf('/api/v1/namespaces')).toEqual([undefined, 'metadata.name=shop']);
});

it("the endpoint slices that the cluster's own controller keeps are never asked for", async () => {
  serve({ '/apis/discovery.k8s.io/v1/endpointslices': apiEndpointSlice() });
  const cache = cacheEndpointSlices(client, {});
  await cache.synced;
  await cache.stop();
  expect(selectorsOf('/apis/discovery.k8s.io/v1/endpointslices')).toEqual([
    'endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io',
    undefined,
  ]);
});
