import { describe, expect, it } from '@jest/globals';
import type { KubeClient, KubeRequest } from '@targetgate/shared/kube';
import { setKubelet } from './kubelet.ts';

const gate = 'target-health.elbv2.k8s.aws/shop';

function pod(name: string, gateStatus: string) {
  const conditions = [
    { type: 'ContainersReady', status: 'True' },
    { type: gate, status: gateStatus },
  ];
  return {
    metadata: { namespace: 'shop', name, uid: name },
    spec: { readinessGates: [{ conditionType: gate }] },
    status: { conditions },
  };
}

/** An API server with one node and two pods on it, that writes down what is patched. */
function api(taints: readonly object[]) {
  const patches = new Map<string, unknown>();
  const request = ({ method, path, body }: KubeRequest): Promise<unknown> => {
    if (method === 'PATCH') patches.set(path, body);
    if (path.startsWith('/api/v1/nodes/')) return Promise.resolve({ spec: { taints } });
    return Promise.resolve({ items: [pod('open', 'True'), pod('closed', 'False')] });
  };
  return { patches, kube: { request } as unknown as KubeClient };
}

const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const unreachable = (effect: string) => ({ key: 'node.kubernetes.io/unreachable', effect });
const ready = (status: string) => ({ status: { conditions: [{ type: 'Ready', status }] } });

describe('a kubelet', () => {
  it('that dies makes its node Unknown and unreachable, and its pods not Ready', async () => {
    const { kube, patches } = api([cordoned]);
    await setKubelet(kube, 'node-1', 'dead');
    expect(patches.get('/api/v1/nodes/node-1/status')).toMatchObject(ready('Unknown'));
    expect(patches.get('/api/v1/nodes/node-1')).toMatchObject({
      spec: { taints: [cordoned, unreachable('NoSchedule'), unreachable('NoExecute')] },
    });
    for (const name of ['open', 'closed'])
      expect(patches.get(`/api/v1/namespaces/shop/pods/${name}/status`)).toMatchObject(ready('False'));
  });

  it('that is back makes its node Ready, and those of its pods whose gates are open', async () => {
    const { kube, patches } = api([unreachable('NoSchedule'), cordoned, unreachable('NoExecute')]);
    await setKubelet(kube, 'node-1', 'alive');
    expect(patches.get('/api/v1/nodes/node-1/status')).toMatchObject(ready('True'));
    expect(patches.get('/api/v1/nodes/node-1')).toEqual({ spec: { taints: [cordoned] } });
    expect(patches.get('/api/v1/namespaces/shop/pods/open/status')).toMatchObject(ready('True'));
    expect(patches.get('/api/v1/namespaces/shop/pods/closed/status')).toMatchObject(ready('False'));
  });
});
