import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadKubeConfig } from './config.ts';
import { createTransport } from './transport.ts';

let folder: string;
let caFile: string;
let transport: ReturnType<typeof createTransport>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transport-'));
  caFile = join(folder, 'ca.crt');
  await writeFile(caFile, 'first CA');
  const kubeconfig = join(folder, 'kubeconfig');
  const content = {
    'current-context': 'far',
    clusters: [{ name: 'far', cluster: { server: 'https://far', 'certificate-authority': 'ca.crt' } }],
    users: [{ name: 'user', user: { token: 'secret' } }],
    contexts: [{ name: 'far', context: { cluster: 'far', user: 'user' } }],
  };
  await writeFile(kubeconfig, JSON.stringify(content));
  transport = createTransport(loadKubeConfig(kubeconfig, {}));
});
afterEach(async () => {
  transport.close();
  await rm(folder, { recursive: true });
});

describe('the credentials of a transport', () => {
  it('are those of the kubeconfig', async () => {
    const { server, headers } = await transport.credentials();
    expect([server, headers]).toEqual(['https://far', { Authorization: 'Bearer secret' }]);
  });

  it('are read once for many calls', async () => {
    const first = await transport.credentials();
    await writeFile(caFile, 'second CA');
    expect(await transport.credentials()).toBe(first);
  });

  it('are read anew when they are to be forgotten', async () => {
    const first = await transport.credentials();
    transport.forget();
    expect(await transport.credentials()).not.toBe(first);
  });

  it('are read anew after they could not be read', async () => {
    await rm(caFile);
    await expect(transport.credentials()).rejects.toThrow('ENOENT');
    await writeFile(caFile, 'first CA');
    await expect(transport.credentials()).resolves.toMatchObject({ server: 'https://far' });
  });
});

describe('the agent of a transport', () => {
  it('stays when the credentials that are read anew are the same', async () => {
    const { agent } = await transport.credentials();
    transport.forget();
    expect((await transport.credentials()).agent).toBe(agent);
  });

  it('is replaced when the CA has changed', async () => {
    const { agent } = await transport.credentials();
    await writeFile(caFile, 'second CA');
    transport.forget();
    const { agent: next } = await transport.credentials();
    expect(next).not.toBe(agent);
    expect(next).toMatchObject({ options: { ca: Buffer.from('second CA') } });
  });
});

it('a kubeconfig without a current context is refused', async () => {
  const kubeconfig = join(folder, 'nowhere');
  await writeFile(kubeconfig, JSON.stringify({ clusters: [], users: [], contexts: [] }));
  expect(() => createTransport(loadKubeConfig(kubeconfig, {}))).toThrow('set current-context');
});
