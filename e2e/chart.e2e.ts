import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chart, helm, home, objectsIn, template, valueSets } from '@targetgate/sandbox/helm';
import { startWorld, untilTrusted, type Manifest, type World } from '@targetgate/sandbox/world';
import { anyKind } from './any-kind.ts';
import { gateOf, manifests } from './app.ts';
import { bindingOf } from './bindings.ts';
import { scale, syncerPage } from './programs.ts';
import { untilLed } from './replicas.ts';
import { gatesOf, podsOf, rollOut, untilOldPodsAreGone, untilServing } from './cluster.ts';

const crd = 'crd/targetgroupbindings.elbv2.k8s.aws';

let world: World;

/** Helm as the user who installs. */
const run = (...args: string[]): Promise<string> =>
  helm([...args, `--namespace=${home}`], {
    kubeconfig: world.controlPlane.adminKubeconfig,
    directory: world.directory,
  });

const namespace = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
});

beforeAll(async () => {
  world = await startWorld({ withTargetgate: false });
  await world.apply([
    namespace(home),
    namespace('watched'),
    anyKind('monitoring.coreos.com', 'ServiceMonitor'),
    anyKind('monitoring.coreos.com', 'PrometheusRule'),
    anyKind('cert-manager.io', 'Certificate'),
    anyKind('cert-manager.io', 'Issuer'),
  ]);
  await world.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
});

afterAll(() => world.close());

/** How many replicas of each program are available. */
const available = (): Promise<string> =>
  world.kubectl([
    'get',
    'deployments',
    `--namespace=${home}`,
    '--output=jsonpath={.items[0].metadata.name}={.items[0].status.availableReplicas} {.items[1].metadata.name}={.items[1].status.availableReplicas}',
  ]);

/** How the webhook configurations are now: their policies, and whether the API server trusts each webhook. */
async function webhooks(): Promise<string[]> {
  const kinds = 'mutatingwebhookconfigurations,validatingwebhookconfigurations';
  const { items } = JSON.parse(await world.kubectl(['get', kinds, '--output=json'])) as {
    items: { webhooks: { failurePolicy: string; clientConfig: { caBundle?: string } }[] }[];
  };
  return items.flatMap((each) =>
    each.webhooks.map(
      ({ failurePolicy, clientConfig }) =>
        `${failurePolicy} ${clientConfig.caBundle ? 'trusted' : 'unknown'}`,
    ),
  );
}

it.each(Object.entries(valueSets))('the API server takes all that the chart renders: %s', async (_, args) => {
  const yaml = (await template(...args)).replaceAll('namespace: "shop"', 'namespace: watched');
  const applied = await world.kubectl(
    ['apply', '--server-side', '--validate=strict', '--dry-run=server', '-f', '-'],
    yaml,
  );
  expect(applied.split('\n')).toHaveLength(objectsIn(yaml).length);
});

it('helm install makes both programs work, in a namespace that takes restricted pods only', async () => {
  const said = await run(
    'install',
    'targetgate',
    chart,
    '--create-namespace',
    '--wait',
    '--timeout=90s',
    '--set=logLevel=debug',
    '--set=syncer.leaseDuration=5s',
    '--set=networkPolicy.enabled=true',
    '--set=metrics.serviceMonitor.enabled=true',
    '--set=metrics.prometheusRule.enabled=true',
    '--set=metrics.dashboards.enabled=true',
  );
  expect(said).toContain('kubectl label namespace NAME elbv2.k8s.aws/pod-readiness-gate-inject=enabled');
  expect(said).toContain(`--namespace ${home} --service-account targetgate-syncer`);
  expect(said).not.toContain('left alone');
  expect(await available()).toBe('targetgate-syncer=2 targetgate-webhook=2');

  await untilTrusted(world);
  const group = await world.makeTargetGroup({ name: 'shop', deregistrationDelaySeconds: 4 });
  const app = { name: 'shop', targetGroupArn: group.arn, preStopSeconds: 6 };
  await world.apply(manifests(app));
  await untilServing(world, { name: 'shop', arn: group.arn, replicas: 2 });
  for (const pod of await podsOf(world, 'shop')) expect(gatesOf(pod)).toEqual([gateOf('shop')]);
});

it('helm upgrade changes what is asked for, and leaves the certificates to the webhook', async () => {
  expect(await webhooks()).toEqual(Array.from({ length: 5 }, () => 'Ignore trusted'));
  await run(
    'upgrade',
    'targetgate',
    chart,
    '--wait',
    '--timeout=90s',
    '--reset-then-reuse-values',
    '--set=webhook.failurePolicy=Fail',
    '--set=webhook.replicas=3',
    '--set=webhook.longestSleep=5m',
  );
  expect(await webhooks()).toEqual([
    ...Array.from({ length: 3 }, () => 'Fail trusted'),
    ...Array.from({ length: 2 }, () => 'Ignore trusted'),
  ]);
  expect(await available()).toBe('targetgate-syncer=2 targetgate-webhook=3');

  await rollOut(world, 'shop');
  await untilOldPodsAreGone(world, 'shop');
  for (const pod of await podsOf(world, 'shop')) expect(gatesOf(pod)).toEqual([gateOf('shop')]);
});

it('the number of shards changes as docs/high-availability.md says, and each has its leader', async () => {
  await scale(world, 'syncer', 0);
  const told = ['--reset-then-reuse-values', '--force-conflicts', '--set=syncer.shards=3'];
  await run('upgrade', 'targetgate', chart, '--wait', '--timeout=90s', ...told);
  for (const shard of [0, 1, 2]) await untilLed(world, (name) => name !== '', shard);
});

it('helm uninstall leaves the CRD and the bindings, and pods start', async () => {
  const said = await run('uninstall', 'targetgate', '--wait', '--timeout=90s');
  expect(said).toContain('targetgroupbindings.elbv2.k8s.aws');
  expect(await webhooks()).toEqual([]);
  expect(await world.kubectl(['get', 'deployments,roles,services', '-n', home, '-o', 'name'])).toBe('');
  expect((await bindingOf(world, 'shop')).status?.targetGroup?.targetType).toBe('ip');
  await world.kubectl(['rollout', 'restart', 'deployment/shop', '--namespace=shop']);
  await world.until('a pod without a gate starts', async () => {
    const free = (await podsOf(world, 'shop')).filter((pod) => gatesOf(pod).length === 0);
    return free.length > 0 ? { done: undefined } : { still: 'none does' };
  });
});

it('a CRD of somebody else is left alone, and the notes say so; that of the release is its own again', async () => {
  const planned = (...args: string[]): Promise<string> =>
    run('install', 'targetgate', chart, '--dry-run=server', ...args);
  expect(await planned()).toContain('kind: CustomResourceDefinition');

  const owner = ['meta.helm.sh/release-name-', 'meta.helm.sh/release-namespace-'];
  await world.kubectl(['annotate', crd, ...owner]);
  const beside = await planned();
  expect(beside).not.toContain('kind: CustomResourceDefinition');
  expect(beside).toContain('was in the cluster already, and not from this release: it was left alone');
});

it('helm takes over what kubectl apply has installed, and its certificates when it is told to', async () => {
  const install = join(import.meta.dirname, '../manifests/install.yaml');
  await world.kubectl(['apply', '--server-side', '-f', install]);
  await untilTrusted(world);
  await run('install', 'targetgate', chart, '--take-ownership', '--force-conflicts', '--set=logLevel=debug');
  const level = ['get', 'deployment/targetgate-syncer', `--namespace=${home}`, '--output=json'];
  expect(await world.kubectl(level)).toContain('"debug"');

  const given = valueSets['a Secret with the certificate'];
  await expect(run('upgrade', 'targetgate', chart, ...given)).rejects.toThrow('conflict');
  await run('upgrade', 'targetgate', chart, '--force-conflicts', ...given);
  const bundle = '--output=jsonpath={.webhooks[0].clientConfig.caBundle}';
  const written = await world.kubectl(['get', 'mutatingwebhookconfiguration/targetgate', bundle]);
  expect(Buffer.from(written, 'base64').toString()).toBe('-----BEGIN CERTIFICATE-----');
});

it('in shadow mode the syncer works alone, with rights to read, until an upgrade ends it', async () => {
  await run('uninstall', 'targetgate', '--wait', '--timeout=90s');
  await run('install', 'targetgate', chart, '--wait', '--timeout=90s', '--set=syncer.shadow=true');
  expect(await webhooks()).toEqual([]);
  const account = `system:serviceaccount:${home}:targetgate-syncer`;
  const mayPatch = [
    'auth',
    'can-i',
    'patch',
    'pods',
    '--subresource=status',
    `--as=${account}`,
    '-n',
    'shop',
  ];
  await expect(world.kubectl(mayPatch)).rejects.toThrow();
  expect(await syncerPage(world, '/')).toContain('shop');

  const full = ['--reset-then-reuse-values', '--set=syncer.shadow=false'];
  await run('upgrade', 'targetgate', chart, '--wait', '--timeout=90s', ...full);
  await untilTrusted(world);
  expect(await available()).toBe('targetgate-syncer=2 targetgate-webhook=2');
  await world.until('the syncer follows the binding', async () => {
    const { conditions = [] } = (await bindingOf(world, 'shop')).status ?? {};
    const ready = conditions.find(({ type }) => type === 'Ready');
    return ready?.status === 'True' ? { done: undefined } : { still: JSON.stringify(conditions) };
  });
});
