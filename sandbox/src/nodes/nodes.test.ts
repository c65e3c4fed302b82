import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type KubeClient } from '@targetgate/shared/kube';
import { startControlPlane, type ControlPlane } from '../control-plane/index.ts';
import { startNodes, type NodeEvent, type Nodes, type PodEvent } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'nodes-'));
const events: NodeEvent[] = [];
const listeners = new Set<() => void>();
let plane: ControlPlane;
let client: KubeClient;
let nodes: Nodes;

/** A program that says who it is, and what the API server lets it do. */
const program = `
  import { connect } from ${JSON.stringify(join(import.meta.dirname, '../../../shared/src/kube/index.ts'))};
  const client = connect({ kubeconfig: process.env.KUBECONFIG });
  const ask = (path) => client.request({ method: 'GET', path }).then(() => 'allowed', (error) => error.status);
  const { POD_NAME, HOST, COLOUR, SECRET_OF_THE_NODE } = process.env;
  console.log(JSON.stringify({
    POD_NAME, HOST, COLOUR, SECRET_OF_THE_NODE, args: process.argv.slice(1),
    pods: await ask('/api/v1/namespaces/default/pods'),
    secrets: await ask('/api/v1/namespaces/default/secrets'),
  }));
  setInterval(() => undefined, 1000);
`;

beforeAll(async () => {
  process.env.SECRET_OF_THE_NODE = 'not for programs';
  plane = await startControlPlane({ directory: join(folder, 'plane'), serviceRange: '127.129.0.0/24' });
  client = connect({ kubeconfig: plane.adminKubeconfig });
  nodes = await startNodes({
    kubeconfig: plane.adminKubeconfig,
    count: 2,
    nodeRange: '127.33.0.0/28',
    podRange: '127.66.0.0/24',
    directory: folder,
    programs: { 'example.com/reporter': [process.execPath, '--input-type=module', '-e', program, '--'] },
    programEnv: { COLOUR: 'green' },
    record: (event) => {
      events.push(event);
      for (const listener of listeners) listener();
    },
  });
}, 90_000);

afterAll(async () => {
  await nodes.close();
  await client.close();
  await plane.close();
  rmSync(folder, { recursive: true });
});

const path = '/api/v1/namespaces/default/pods';

const create = (name: string, spec: object, labels: Record<string, string> = {}): Promise<unknown> =>
  client.request({ method: 'POST', path, body: { metadata: { name, labels }, spec } });

interface RawPod {
  metadata: { name: string; uid: string };
  spec: { nodeName: string };
  status: {
    phase: string;
    podIP?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    containerStatuses?: { ready: boolean }[];
  };
}

const read = (name: string): Promise<RawPod> => client.request({ method: 'GET', path: `${path}/${name}` });

const conditionOf = (pod: RawPod, type: string): string | undefined =>
  pod.status.conditions?.find((condition) => condition.type === type)?.status;

/** The events of the pods whose names begin with `name`. */
const eventsOf = (name: string): PodEvent[] =>
  events.filter((event): event is PodEvent => event.kind === 'pod' && event.name.startsWith(name));

/** Waits, 15 s at most, until as many events of a phase have come for these pods, and gives them. */
function steps(name: string, phase: PodEvent['phase'], count: number): Promise<PodEvent[]> {
  const { promise, resolve, reject } = Promise.withResolvers<PodEvent[]>();
  const patience = setTimeout(() => reject(new Error(`${name} was not ${phase} ${count} times`)), 25_000);
  const look = (): void => {
    const found = eventsOf(name).filter((event) => event.phase === phase);
    if (found.length >= count) resolve(found);
  };
  listeners.add(look);
  look();
  return promise.finally(() => {
    clearTimeout(patience);
    listeners.delete(look);
  });
}

/** Waits for the first event of a phase. */
async function step(name: string, phase: PodEvent['phase']): Promise<PodEvent> {
  const [first] = await steps(name, phase, 1);
  if (first === undefined) throw new Error('steps gave none');
  return first;
}

const app = (more: object = {}): object => ({
  name: 'web',
  image: 'sandbox/app:1',
  ports: [{ name: 'http', containerPort: 8080 }],
  ...more,
});

describe('the nodes', () => {
  it('are registered as ready EC2 instances with an address each', async () => {
    const { items } = await client.request<{ items: { spec: object }[] }>({
      method: 'GET',
      path: '/api/v1/nodes',
    });
    expect(items).toMatchObject(
      nodes.nodes.map(({ name, address, instanceId }) => ({
        metadata: { name, labels: { 'topology.kubernetes.io/zone': 'us-east-1a' } },
        spec: { providerID: `aws:///us-east-1a/${instanceId}` },
        status: {
          addresses: expect.arrayContaining([{ type: 'InternalIP', address }]),
          conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'True' })]),
        },
      })),
    );
    for (const { spec } of items) expect(spec).not.toHaveProperty('taints');
  });

  it('run the pods of a deployment, each of which answers on an address of its own', async () => {
    const labels = { app: 'shop' };
    const readinessProbe = { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 };
    const template = { metadata: { labels }, spec: { containers: [app({ readinessProbe })] } };
    const body = {
      metadata: { name: 'shop' },
      spec: { replicas: 3, selector: { matchLabels: labels }, template },
    };
    await client.request({ method: 'POST', path: '/apis/apps/v1/namespaces/default/deployments', body });
    const ready = await steps('shop-', 'ready', 3);
    expect(new Set(ready.map(({ ip }) => ip)).size).toBe(3);
    const answers = ready.map(async ({ ip }) => (await fetch(`http://${ip ?? ''}:8080/`)).text());
    expect(await Promise.all(answers)).toEqual(ready.map(({ name }) => `${name}\n`));
  });

  it('keep a pod from being ready until its gate is opened, and leave the gate alone', async () => {
    const gate = 'target-health.elbv2.k8s.aws/shop';
    await create('gated', { readinessGates: [{ conditionType: gate }], containers: [app()] });
    await step('gated', 'containers-ready');
    expect(conditionOf(await read('gated'), 'Ready')).toBe('False');

    const body = { status: { conditions: [{ type: gate, status: 'True' }] } };
    await client.request({ method: 'PATCH', path: `${path}/gated/status`, patch: 'strategic', body });
    await step('gated', 'ready');
    const pod = await read('gated');
    expect([conditionOf(pod, 'Ready'), conditionOf(pod, gate)]).toEqual(['True', 'True']);
    for (const condition of pod.status.conditions ?? []) {
      expect(condition).not.toHaveProperty('reason');
      expect(condition).not.toHaveProperty('message');
    }
  });

  it('end a deleted pod after its hook, ready to the end, and remove it', async () => {
    await create('leaving', { containers: [app({ lifecycle: { preStop: { sleep: { seconds: 2 } } } })] });
    const { ip = '' } = await step('leaving', 'ready');
    await client.request({ method: 'DELETE', path: `${path}/leaving` });
    const deleted = await step('leaving', 'deleted');
    expect(conditionOf(await read('leaving'), 'Ready')).toBe('True');
    expect((await fetch(`http://${ip}:8080/`)).status).toBe(200);

    const sigterm = await step('leaving', 'sigterm');
    expect(sigterm.at - deleted.at).toBeGreaterThanOrEqual(1990);
    expect(sigterm.at - deleted.at).toBeLessThan(10_000);
    const gone = await step('leaving', 'gone');
    expect(gone.at - sigterm.at).toBeGreaterThanOrEqual(390);
    expect(eventsOf('leaving').map(({ phase }) => phase)).toEqual([
      'created',
      'scheduled',
      'started',
      'containers-ready',
      'ready',
      'deleted',
      'sigterm',
      'ended',
      'containers-not-ready',
      'not-ready',
      'gone',
    ]);
    await expect(read('leaving')).rejects.toMatchObject({ status: 404 });
  });

  it('end a pod that is deleted by force', async () => {
    await create('forced', { containers: [app({ lifecycle: { preStop: { sleep: { seconds: 30 } } } })] });
    const { ip = '' } = await step('forced', 'ready');
    const options = { method: 'DELETE', path: `${path}/forced`, body: { gracePeriodSeconds: 0 } } as const;
    await client.request(options);
    const [gone, ended] = await Promise.all([step('forced', 'gone'), step('forced', 'ended')]);
    expect(ended.at - gone.at).toBeLessThan(10_000);
    await expect(fetch(`http://${ip}:8080/`)).rejects.toThrow();
  });

  it('run a program with the rights of its ServiceAccount and no others', async () => {
    await grantPods('reporter');
    const args = ['--pod=$(POD_NAME)'];
    const env = [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
    const container = { name: 'main', image: 'example.com/reporter:v1', args, env };
    await create('reporter', { serviceAccountName: 'reporter', containers: [container] });
    const { ip } = await step('reporter', 'ready');
    const log = join(folder, 'logs', 'default_reporter_main.log');
    await untilTrue(() => existsSync(log) && readFileSync(log, 'utf8').includes('\n'));
    expect(JSON.parse(readFileSync(log, 'utf8'))).toEqual({
      POD_NAME: 'reporter',
      HOST: ip,
      COLOUR: 'green',
      args: ['--pod=reporter'],
      pods: 'allowed',
      secrets: 403,
    });
  });

  it('start a killed program again, with another pid', async () => {
    const { pid = 0 } = await step('reporter', 'started');
    process.kill(pid, 'SIGKILL');
    const [, second] = await steps('reporter', 'started', 2);
    expect(second?.pid).not.toBe(pid);
    await steps('reporter', 'ready', 2);
    expect((await read('reporter')).status.containerStatuses).toMatchObject([
      { restartCount: 1, ready: true, lastState: { terminated: { exitCode: 137 } } },
    ]);
  });

  it('run on while the API server is away, and report what happened afterwards', async () => {
    await plane.stopApiServer();
    const { pid = 0 } = (await steps('reporter', 'started', 2))[1] ?? {};
    process.kill(pid, 'SIGKILL');
    await untilTrue(() => !isRunning(pid));
    await plane.startApiServer();
    await untilTrue(async () => (await read('reporter')).status.containerStatuses?.[0]?.ready === false);
  }, 60_000);

  it('are machines: with the Node object of one, its pods end without a word, and those of others run on', async () => {
    for (const name of ['machine-1', 'machine-2']) await create(name, { containers: [app()] });
    const [one, two] = await Promise.all([step('machine-1', 'ready'), step('machine-2', 'ready')]);
    const { nodeName } = (await read('machine-1')).spec;
    await client.request({ method: 'DELETE', path: `/api/v1/nodes/${nodeName}` });
    await step('machine-1', 'ended');
    await expect(fetch(`http://${one.ip ?? ''}:8080/`)).rejects.toThrow();
    expect((await fetch(`http://${two.ip ?? ''}:8080/`)).status).toBe(200);
    expect(conditionOf(await read('machine-1'), 'Ready')).toBe('True');

    await create('later', { containers: [app()] });
    await step('later', 'ready');
    expect((await read('later')).spec.nodeName).toBe((await read('machine-2')).spec.nodeName);
  });
});

/** Makes a ServiceAccount that may read pods. */
async function grantPods(name: string): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
  const post = (path: string, body: object): Promise<unknown> =>
    client.request({ method: 'POST', path, body });
  const metadata = { name };
  await post('/api/v1/namespaces/default/serviceaccounts', { metadata });
  await post(`${rbac}/roles`, {
    metadata,
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
  });
  await post(`${rbac}/rolebindings`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  });
}

/** Waits, 25 s at most, until something is so. */
async function untilTrue(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it was never so: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
