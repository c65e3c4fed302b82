import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeClient } from '@targetgate/shared/kube';
import type { Kubectl } from './kubectl.ts';
import { tailor, type InstallOptions } from './manifests.ts';
import { root } from './part.ts';
import type { World } from './world.ts';

/** The bundle that stands for each program's image, relative to the clone's root, where programs are run. */
const bundles = { webhook: 'webhook/dist/main.js', syncer: 'syncer/dist/main.js' };

/** IMAGE=COMMAND for the nodes. */
export const programFlags = [
  `ghcr.io/targetgate/webhook=node ${bundles.webhook}`,
  `ghcr.io/targetgate/syncer=node ${bundles.syncer}`,
];

const namespace = 'targetgate-system';

/**
 * The Lease as an earlier installation leaves it. The first syncer ever makes one, and does not hold it at once: it might
 * replace one that somebody has deleted.
 */
const lease = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'targetgate-syncer-0', namespace },
  spec: { acquireTime: new Date(0).toISOString().replace('Z', '000Z') },
};

/** The cluster to install into. */
interface Cluster {
  readonly kubectl: Kubectl;
  readonly kube: KubeClient;
  readonly until: World['until'];
}

/** Applies the rendered manifests, changed as a user would change them, and waits until both programs work. */
export async function installTargetgate(cluster: Cluster, options: InstallOptions): Promise<void> {
  const { kubectl } = cluster;
  for (const bundle of Object.values(bundles)) {
    if (!existsSync(join(root, bundle))) throw new Error(`${bundle} is missing: run npm run build`);
  }
  const files = [
    { file: 'manifests/crds/targetgroupbindings.yaml', more: [] },
    { file: 'manifests/install.yaml', more: [lease] },
  ];
  for (const { file, more } of files) {
    const items = [...tailor(await readFile(join(root, file), 'utf8'), options), ...more];
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], list);
    await kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  }
  await kubectl([
    'wait',
    '--for=condition=Available',
    '--timeout=60s',
    `--namespace=${namespace}`,
    'deployment',
    '--all',
  ]);
  await untilTrusted(cluster);
}

/** Waits until all webhooks, if there are any, can be called: until they have a caBundle. */
export async function untilTrusted(cluster: Pick<World, 'kube' | 'until'>): Promise<void> {
  for (const kind of ['mutating', 'validating'] as const) await untilKindTrusted(cluster, kind);
}

async function untilKindTrusted(
  { kube, until }: Pick<World, 'kube' | 'until'>,
  kind: 'mutating' | 'validating',
): Promise<void> {
  await until(`the ${kind} webhooks have a caBundle`, async () => {
    const list = await kube.request<{ items: { webhooks?: { clientConfig: { caBundle?: string } }[] }[] }>({
      method: 'GET',
      path: `/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations`,
    });
    const hooks = list.items.flatMap(({ webhooks = [] }) => webhooks);
    const trusted = hooks.filter(({ clientConfig }) => clientConfig.caBundle);
    return trusted.length === hooks.length
      ? { done: undefined }
      : { still: `${trusted.length} of ${hooks.length} have one` };
  });
}
