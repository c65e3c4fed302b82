import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { leaseNamespaceOf } from './lease-namespace.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'targetgate-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A kubeconfig whose context names a namespace, or none. */
async function kubeconfigOf(namespace?: string): Promise<string> {
  const path = join(folder, `${namespace ?? 'none'}.json`);
  const config = {
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me', namespace } }],
    clusters: [{ name: 'here', cluster: { server: 'http://127.0.0.1:1' } }],
    users: [{ name: 'me', user: {} }],
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

it.each([
  ['as set, wherever the program is', 'set', 'home', 'set'],
  ['that of the kubeconfig’s context', undefined, 'home', 'home'],
])('the namespace of the Leases is %s', async (_, set, home, expected) => {
  const kubeconfig = await kubeconfigOf(home);
  expect(leaseNamespaceOf({ 'lease-namespace': set, kubeconfig })).toBe(expected);
});

it('where nothing says it, the program says what to set', async () => {
  const kubeconfig = await kubeconfigOf();
  expect(() => leaseNamespaceOf({ 'lease-namespace': undefined, kubeconfig })).toThrow('set POD_NAMESPACE');
});
