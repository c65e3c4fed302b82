import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { isNotFound } from '@targetgate/shared/kube';
import { binding, namespace, service } from './app.ts';
import { podsOf } from './cluster.ts';
import { createPods } from './pod-creation.ts';
import { scale } from './programs.ts';

const home = 'targetgate-system';
const app = { name: 'constant', targetGroupArn: '' };
const secretPath = `/api/v1/namespaces/${home}/secrets/targetgate-webhook-tls`;
const kinds = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] as const;

/** An authority that is replaced every 6 s, by steps that are 2.5 s apart. */
const hurry = ['--authority-life=9s', '--certificate-life=25s'];

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true, webhookArgs: hurry });
  const { arn } = await world.makeTargetGroup({ name: app.name });
  await world.apply([namespace(app), service(app), binding({ ...app, targetGroupArn: arn })]);
  await failClosed();
  await untilGated();
});

afterEach(untilGated);
afterAll(() => world.close());

/** From here on a pod that the webhook is not asked about is refused. */
async function failClosed(): Promise<void> {
  for (const kind of kinds) {
    const { webhooks = [] } = await configuration(kind);
    const patch = webhooks.map(({ name }) => ({ name, failurePolicy: 'Fail' }));
    await world.kubectl(['patch', kind, 'targetgate', '--patch', JSON.stringify({ webhooks: patch })]);
  }
}

interface ApiConfiguration {
  readonly webhooks?: readonly { readonly name: string; readonly clientConfig: { caBundle?: string } }[];
}

const configuration = (kind: (typeof kinds)[number]) =>
  world.kube.request<ApiConfiguration>({
    method: 'GET',
    path: `/apis/admissionregistration.k8s.io/v1/${kind}/targetgate`,
  });

/** The webhook knows the binding, and can be called. */
async function untilGated(): Promise<void> {
  await world.until('a pod gets its gate', async () => {
    const creating = createPods(world, app);
    const { gated, others } = await creating.stop();
    return gated > 0 && others.length === 0 ? { done: undefined } : { still: JSON.stringify(others[0]) };
  });
}

/** The serving certificate in the Secret, PEM; empty where there is none. */
async function certificateInSecret(): Promise<string> {
  try {
    const { data } = await world.kube.request<{ data: Record<string, string> }>({
      method: 'GET',
      path: secretPath,
    });
    return Buffer.from(data['tls.crt'] ?? '', 'base64').toString();
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}

/** The error with which a new connection to a replica ends, for a client that trusts a bundle; undefined without one. */
async function handshake(host: string, ca: string): Promise<string | undefined> {
  const socket = connect({ host, port: 9443, ca, servername: `targetgate-webhook.${home}.svc` });
  try {
    await once(socket, 'secureConnect');
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    socket.destroy();
  }
}

/** Whom the API server trusts for the webhooks of pods. */
async function trusted(): Promise<string> {
  const { webhooks } = await configuration('mutatingwebhookconfigurations');
  return Buffer.from(webhooks?.[0]?.clientConfig.caBundle ?? '', 'base64').toString();
}

it('LBC#4541: 20 rotations, a lost and a spoilt Secret among them, refuse no pod and show no API server what it does not trust', async () => {
  const replicas = (await podsOf(world, home)).filter(({ metadata }) =>
    metadata.name.startsWith('targetgate-webhook'),
  );
  const creating = createPods(world, app);
  const seen = new Set<string>();
  const authorities = new Set<string>();
  const refusals: string[] = [];
  const mishaps: Readonly<Record<number, () => Promise<unknown>>> = {
    5: () => world.kube.request({ method: 'DELETE', path: secretPath }),
    10: () => spoil('ca.key'),
    15: () => spoil('ca.crt'),
  };
  await world.until(
    'the certificate has changed 20 times',
    async () => {
      const before = await trusted();
      authorities.add(before.split('-----END')[0] ?? '');
      for (const { status } of replicas) {
        const refusal = await handshake(status.podIP ?? '', before);
        if (refusal !== undefined) refusals.push(refusal);
      }
      const now = await certificateInSecret();
      if (now === '' || seen.has(now)) return { still: `${seen.size} certificates` };
      seen.add(now);
      await mishaps[seen.size]?.();
      return seen.size > 20 ? { done: undefined } : { still: `${seen.size} certificates` };
    },
    { timeoutMs: 240_000 },
  );
  const { gated, others } = await creating.stop();
  console.log(
    `${seen.size} certificates, ${authorities.size} authorities; ${gated} pods got their gate, ${others.length} did not`,
  );
  expect(others).toEqual([]);
  expect(refusals).toEqual([]);
  expect(gated).toBeGreaterThan(500);
  expect(authorities.size).toBeGreaterThan(10);
}, 300_000);

const spoil = (entry: string) =>
  world.kube.request({
    method: 'PATCH',
    path: secretPath,
    patch: 'merge',
    body: { data: { [entry]: Buffer.from('spoilt').toString('base64') } },
  });

it('puts back a caBundle that somebody has wiped', async () => {
  for (const kind of kinds) {
    const { webhooks = [] } = await configuration(kind);
    const wipe = webhooks.map((_, index) => ({
      op: 'remove',
      path: `/webhooks/${index}/clientConfig/caBundle`,
    }));
    await world.kubectl(['patch', kind, 'targetgate', '--type=json', '--patch', JSON.stringify(wipe)]);
  }
  for (const kind of kinds) {
    await world.until(`${kind} have a caBundle again`, async () => {
      const { webhooks = [] } = await configuration(kind);
      const without = webhooks.filter(({ clientConfig }) => !clientConfig.caBundle);
      return without.length === 0 ? { done: undefined } : { still: `${without.length} have none` };
    });
  }
});

it('makes all anew where the Secret is lost and nobody remembers it', async () => {
  await scale(world, 'webhook', 0);
  await world.kube.request({ method: 'DELETE', path: secretPath });
  await scale(world, 'webhook', 2);
  await untilGated();
});

it('LBC#2711: a rolling restart of the webhook refuses no pod', async () => {
  const creating = createPods(world, app);
  await world.kubectl(['rollout', 'restart', `--namespace=${home}`, 'deployment/targetgate-webhook']);
  await world.kubectl([
    'rollout',
    'status',
    `--namespace=${home}`,
    'deployment/targetgate-webhook',
    '--timeout=90s',
  ]);
  // The last of the old ones ends after its preStop sleep.
  await world.until(
    'only two replicas run',
    () => {
      const { length } = world.programs('webhook');
      return Promise.resolve(length === 2 ? { done: undefined } : { still: `${length} run` });
    },
    { timeoutMs: 60_000 },
  );
  const { gated, others } = await creating.stop();
  console.log(`a rolling restart: ${gated} pods got their gate, ${others.length} did not`);
  expect(others).toEqual([]);
  expect(gated).toBeGreaterThan(100);
});
