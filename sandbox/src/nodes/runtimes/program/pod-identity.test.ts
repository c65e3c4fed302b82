import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeClient } from '@targetgate/shared/kube';
import type { Pod } from '../../pod/pod.ts';
import { testPod } from '../../test-pod.ts';
import { podIdentities } from './pod-identity.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'identities-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Waits, 5 s at most, until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !isSo(); attempt++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

/** Identities from an API server whose tokens, token-1, token-2, ..., live for `lifeMs`, or are refused. */
function identities(lifeMs: number, { refuseFirst = false } = {}) {
  let count = 0;
  const requests: string[] = [];
  const client = {
    request: ({ path }: { path: string }) => {
      requests.push(path);
      count++;
      if (refuseFirst && count === 1) return Promise.reject(new Error('refused'));
      const expirationTimestamp = new Date(Date.now() + lifeMs).toISOString();
      return Promise.resolve({ status: { token: `token-${count}`, expirationTimestamp } });
    },
  } as unknown as KubeClient;
  const cluster = { server: 'https://127.0.0.1:6443' };
  const subject = podIdentities({ client, cluster, directory, onProblem: () => undefined });
  const kubeconfigOf = (pod: Pod, ended: AbortSignal): Promise<string> => subject.kubeconfigOf(pod, ended);
  return { requests, kubeconfigOf };
}

const pod = testPod({ spec: { serviceAccountName: 'shopkeeper', containers: [] } });
const token = (): string => readFileSync(join(directory, 'uid-1', 'token'), 'utf8');

describe("a pod's identity", () => {
  it('is a kubeconfig that names a file with a token of its ServiceAccount', async () => {
    const ended = new AbortController();
    const { kubeconfigOf, requests } = identities(3_600_000);
    const kubeconfig = JSON.parse(readFileSync(await kubeconfigOf(pod, ended.signal), 'utf8')) as unknown;
    expect(requests).toEqual(['/api/v1/namespaces/shop/serviceaccounts/shopkeeper/token']);
    expect(kubeconfig).toMatchObject({
      clusters: [{ cluster: { server: 'https://127.0.0.1:6443' } }],
      users: [{ user: { tokenFile: join(directory, 'uid-1', 'token') } }],
      contexts: [{ context: { namespace: 'shop' } }],
    });
    expect(token()).toBe('token-1');
    ended.abort();
    await until(() => !existsSync(join(directory, 'uid-1')));
  });

  it('is the same for all containers, and for their restarts', async () => {
    const ended = new AbortController();
    const { kubeconfigOf, requests } = identities(3_600_000);
    await Promise.all([kubeconfigOf(pod, ended.signal), kubeconfigOf(pod, ended.signal)]);
    await kubeconfigOf(pod, ended.signal);
    expect(requests).toHaveLength(1);
    ended.abort();
    await until(() => !existsSync(join(directory, 'uid-1')));
  });

  it('gets a new token before the old one expires', async () => {
    const ended = new AbortController();
    const { kubeconfigOf } = identities(50);
    await kubeconfigOf(pod, ended.signal);
    await until(() => token() !== 'token-1');
    ended.abort();
    await until(() => !existsSync(join(directory, 'uid-1')));
  });

  it('is asked for again after a refusal', async () => {
    const ended = new AbortController();
    const { kubeconfigOf } = identities(3_600_000, { refuseFirst: true });
    await expect(kubeconfigOf(pod, ended.signal)).rejects.toThrow('refused');
    await kubeconfigOf(pod, ended.signal);
    expect(token()).toBe('token-2');
    ended.abort();
    await until(() => !existsSync(join(directory, 'uid-1')));
  });
});
