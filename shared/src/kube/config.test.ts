import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeConfig } from '@kubernetes/client-node';
import { loadKubeConfig } from './config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a kubeconfig whose cluster, user and context have one name, and gives its path. */
async function kubeconfig(name: string, { current = true } = {}): Promise<string> {
  const file = path.join(folder, name);
  const content = {
    clusters: [{ name, cluster: { server: `https://${name}` } }],
    users: [{ name, user: { token: 'token' } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    ...(current && { 'current-context': name }),
  };
  await writeFile(file, JSON.stringify(content));
  return file;
}

const serverOf = (config: KubeConfig): string | undefined => config.getCurrentCluster()?.server;

describe('the kubeconfig', () => {
  it('may be one file', async () => {
    expect(serverOf(loadKubeConfig(await kubeconfig('one'), {}))).toBe('https://one');
  });

  it('may be several files, of which the first that names a context decides', async () => {
    const files = [
      await kubeconfig('nameless', { current: false }),
      await kubeconfig('first'),
      await kubeconfig('second'),
    ];
    const config = loadKubeConfig(files.join(path.delimiter), {});
    expect(serverOf(config)).toBe('https://first');
    expect(config.getClusters().map(({ name }) => name)).toEqual(['nameless', 'first', 'second']);
  });

  it('that does not exist is named by the error', () => {
    const file = path.join(folder, 'missing');
    expect(() => loadKubeConfig(file, {})).toThrow(file);
  });

  it.each([undefined, ''])('must be set outside a cluster: %p', (file) => {
    expect(() => loadKubeConfig(file, {})).toThrow(/set KUBECONFIG/);
  });
});

it('inside a cluster the token is read from the file of the ServiceAccount', () => {
  const user = loadKubeConfig(undefined, { KUBERNETES_SERVICE_HOST: '10.96.0.1' }).getCurrentUser();
  const provider = user?.authProvider as { config?: unknown } | undefined;
  expect(provider?.config).toEqual({ file: '/var/run/secrets/kubernetes.io/serviceaccount/token' });
});
