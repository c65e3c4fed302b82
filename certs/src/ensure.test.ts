import { describe, expect, it } from '@jest/globals';
import { KubeError, type KubeClient, type KubeRequest } from '@targetgate/shared/kube';
import { dnsNamesOf } from './certificates.ts';
import { ensureCertificates } from './ensure.ts';

const start = Date.parse('2026-05-01T12:00:00Z');
const day = 24 * 60 * 60 * 1000;
const address = { namespace: 'targetgate-system', name: 'webhook-tls' };
const path = '/api/v1/namespaces/targetgate-system/secrets';

interface StoredSecret {
  type?: string;
  metadata: { resourceVersion: string; labels?: Record<string, string> };
  data?: Record<string, string>;
}

/** An API server that holds one Secret, with its optimistic locking. */
function secretServer(stored?: StoredSecret) {
  const state = { stored, writes: 0 };
  const refuse = (status: number) => Promise.reject(new KubeError(status, 'Refused', 'refused'));
  const write = (body: StoredSecret) => {
    state.writes++;
    state.stored = { ...body, metadata: { ...body.metadata, resourceVersion: String(state.writes) } };
    return Promise.resolve(state.stored);
  };
  const answer = ({ method, path: asked, body }: KubeRequest): Promise<unknown> => {
    const current = state.stored;
    const sent = body as StoredSecret;
    if (method === 'POST' && asked === path) return current ? refuse(409) : write(sent);
    if (asked !== `${path}/webhook-tls`) return refuse(403);
    if (current === undefined) return refuse(404);
    if (method === 'GET') return Promise.resolve(current);
    return sent.metadata.resourceVersion === current.metadata.resourceVersion ? write(sent) : refuse(409);
  };
  const client = { request: answer } as unknown as KubeClient;
  return { client, state };
}

function ensure(
  client: KubeClient,
  options: { now?: number; service?: string; onIssue?: (why: string) => void } = {},
) {
  const { now = start, service = 'webhook', onIssue } = options;
  return ensureCertificates({
    client,
    secret: address,
    dnsNames: dnsNamesOf(service, address.namespace),
    now: () => now,
    signal: new AbortController().signal,
    ...(onIssue && { onIssue }),
  });
}

describe('certificates in a Secret', () => {
  it('are created where there is no Secret, in one of type kubernetes.io/tls', async () => {
    const { client, state } = secretServer();
    const { certificate, notAfter } = await ensure(client);
    expect(state.stored?.type).toBe('kubernetes.io/tls');
    expect(Object.keys(state.stored?.data ?? {}).sort()).toEqual(['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);
    expect(Buffer.from(state.stored?.data?.['tls.crt'] ?? '', 'base64').toString()).toBe(certificate);
    expect(notAfter).toBe(start + 90 * day);
  });

  it('are read, not written, where they are sound', async () => {
    const { client, state } = secretServer();
    const first = await ensure(client);
    expect(await ensure(client)).toEqual(first);
    expect(state.writes).toBe(1);
  });

  it('are the same for replicas that start together', async () => {
    const { client, state } = secretServer();
    const replicas = await Promise.all([ensure(client), ensure(client), ensure(client)]);
    expect(new Set(replicas.map(({ certificate }) => certificate)).size).toBe(1);
    expect(state.writes).toBe(1);
  });

  it('are the same for replicas that repair together', async () => {
    const { client, state } = secretServer({ metadata: { resourceVersion: '0' }, data: {} });
    const replicas = await Promise.all([ensure(client), ensure(client)]);
    expect(replicas[0]).toEqual(replicas[1]);
    expect(state.writes).toBe(1);
  });

  it('are renewed by the same authority, so that trust in it stays good', async () => {
    const { client } = secretServer();
    const first = await ensure(client);
    const renewed = await ensure(client, { now: start + 61 * day });
    expect(renewed.certificate).not.toBe(first.certificate);
    expect(renewed.caBundle).toBe(first.caBundle);
  });

  it('say why they were issued', async () => {
    const { client } = secretServer();
    const reasons: string[] = [];
    const onIssue = (why: string) => reasons.push(why);
    await ensure(client, { onIssue });
    await ensure(client, { onIssue, service: 'renamed' });
    expect(reasons).toEqual(['there is no secret', 'tls.crt is not for renamed.targetgate-system.svc']);
  });

  it('leave the rest of the Secret as it was', async () => {
    const labels = { team: 'edge' };
    const { client, state } = secretServer({
      type: 'Opaque',
      metadata: { resourceVersion: '0', labels },
      data: { note: 'aGVsbG8=' },
    });
    await ensure(client);
    expect(state.stored).toMatchObject({ type: 'Opaque', metadata: { labels }, data: { note: 'aGVsbG8=' } });
  });

  it('are given up after losing five races in a row', async () => {
    let writes = 0;
    const request = ({ method }: KubeRequest) => {
      if (method !== 'GET') writes++;
      return Promise.reject(new KubeError(method === 'GET' ? 404 : 409, 'Refused', 'refused'));
    };
    const client = { request } as unknown as KubeClient;
    await expect(ensure(client)).rejects.toThrow('other writers were first 5 times in a row');
    expect(writes).toBe(5);
  });

  it('are not touched where the API server refuses to show them', async () => {
    const request = () => Promise.reject(new KubeError(403, 'Forbidden', 'may not get secrets'));
    const client = { request } as unknown as KubeClient;
    await expect(ensure(client)).rejects.toThrow('may not get secrets');
  });
});
