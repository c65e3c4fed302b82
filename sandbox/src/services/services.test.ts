import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type KubeClient } from '@targetgate/shared/kube';
import { startControlPlane, type ControlPlane } from '../control-plane/index.ts';
import { startNodes, type Nodes } from '../nodes/index.ts';
import { startServices, type Services } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'services-'));
let plane: ControlPlane;
let client: KubeClient;
let nodes: Nodes;
let services: Services;

beforeAll(async () => {
  plane = await startControlPlane({ directory: join(folder, 'plane'), serviceRange: '127.130.0.0/24' });
  client = connect({ kubeconfig: plane.adminKubeconfig });
  nodes = await startNodes({
    kubeconfig: plane.adminKubeconfig,
    count: 2,
    nodeRange: '127.34.0.0/28',
    podRange: '127.67.0.0/24',
    directory: folder,
    startDelayMs: [0, 0],
  });
  services = await startServices({ client });
}, 90_000);

afterAll(async () => {
  await services.close();
  await nodes.close();
  await client.close();
  await plane.close();
  rmSync(folder, { recursive: true });
});

const namespace = '/api/v1/namespaces/default';

const createPod = (name: string, env: object[] = []): Promise<unknown> =>
  client.request({
    method: 'POST',
    path: `${namespace}/pods`,
    body: {
      metadata: { name, labels: { app: 'shop' } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'sandbox/app:1',
            env,
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 },
            lifecycle: { preStop: { sleep: { seconds: 10 } } },
          },
        ],
      },
    },
  });

/** What the service answers, on a connection of its own; the error's code where there is no answer. */
async function ask(address: string): Promise<string> {
  try {
    return await (await fetch(`http://${address}/`, { headers: { connection: 'close' } })).text();
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code);
  }
}

/** Asks, 10 s at most, until the answer is the one wanted; gives the last. */
async function eventually(address: string, wanted: string): Promise<string> {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await ask(address);
    if (answer === wanted || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a service', () => {
  it('leads its cluster IP and its node port to its ready pods, and to no others', async () => {
    const spec = { type: 'NodePort', selector: { app: 'shop' }, ports: [{ port: 8000, targetPort: 'http' }] };
    const { spec: created } = await client.request<{
      spec: { clusterIP: string; ports: { nodePort: number }[] };
    }>({
      method: 'POST',
      path: `${namespace}/services`,
      body: { metadata: { name: 'shop' }, spec },
    });
    const cluster = `${created.clusterIP}:8000`;
    const node = `${nodes.nodes[1]?.address ?? ''}:${created.ports[0]?.nodePort ?? 0}`;
    expect(await eventually(cluster, 'ECONNRESET')).toBe('ECONNRESET');

    await createPod('unwell', [{ name: 'UNHEALTHY', value: '1' }]);
    await createPod('first');
    expect(await eventually(cluster, 'first\n')).toBe('first\n');
    expect(await ask(node)).toBe('first\n');

    await createPod('second');
    expect(await eventually(cluster, 'second\n')).toBe('second\n');
    const answers = await Promise.all([cluster, node, cluster, node].map(ask));
    expect(new Set(answers)).toEqual(new Set(['first\n', 'second\n']));

    // The hook keeps it running for 10 s, but no connection may reach it any more.
    await client.request({ method: 'DELETE', path: `${namespace}/pods/first` });
    await eventually(cluster, 'second\n');
    expect(await Promise.all([cluster, cluster, node, node].map(ask))).toEqual(Array(4).fill('second\n'));

    await client.request({ method: 'DELETE', path: `${namespace}/services/shop` });
    expect(await eventually(cluster, 'ECONNREFUSED')).toBe('ECONNREFUSED');
  }, 40_000);
});
