import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeClient } from '@targetgate/shared/kube';
import type { Kubectl } from './kubectl.ts';
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

/** Applies manifests/ as they are, and waits until both programs work. */
export async function installTargetgate({
  kubectl,
  kube,
  until,
}: {
  readonly kubectl: Kubectl;
  readonly kube: KubeClient;
  readonly until: World['until'];
}): Promise<void> {
  for (const bundle of Object.values(bundles)) {
    if (!existsSync(join(root, bundle))) throw new Error(`${bundle} is missing: run npm run build`);
  }
  await kubectl(['apply', '-f', join(root, 'manifests/crds')]);
  await kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  await kubectl(['apply', '-f', join(root, 'manifests')]);
  await kubectl([
    'wait',
    '--for=condition=Available',
    '--timeout=60s',
    `--namespace=${namespace}`,
    'deployment',
    '--all',
  ]);
  await until('the webhook configuration has a caBundle', async () => {
    const list = await kube.request<{ items: { webhooks?: { clientConfig: { caBundle?: string } }[] }[] }>({
      method: 'GET',
      path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
    });
    const hooks = list.items.flatMap(({ webhooks = [] }) => webhooks);
    const trusted = hooks.filter(({ clientConfig }) => clientConfig.caBundle);
    return hooks.length > 0 && trusted.length === hooks.length
      ? { done: undefined }
      : { still: `${trusted.length} of ${hooks.length} webhooks have one` };
  });
}
