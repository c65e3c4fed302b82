import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeClient } from '@targetgate/shared/kube';
import { pause } from '../../pause.ts';
import type { Pod } from '../../pod/pod.ts';
import type { Cluster } from './cluster.ts';
import { requestToken } from './pod-token.ts';

/** Gives programs the identity of their pod's ServiceAccount. */
export interface PodIdentities {
  /**
   * The path of a kubeconfig whose `tokenFile` holds a token of the pod's account. The token is kept fresh until the
   * pod has ended; then the files go. Every pod gets one, whatever `automountServiceAccountToken` says.
   */
  kubeconfigOf(pod: Pod, podEnded: AbortSignal): Promise<string>;
}

const retryMs = 10_000;

export function podIdentities(options: {
  readonly client: KubeClient;
  readonly cluster: Cluster;
  /** Each pod's files are in a folder of this one, named by its uid. */
  readonly directory: string;
  readonly onProblem: (problem: unknown) => void;
}): PodIdentities {
  const { client, cluster, directory, onProblem } = options;
  const kubeconfigs = new Map<string, Promise<string>>();

  async function layOut(pod: Pod, podEnded: AbortSignal): Promise<string> {
    const folder = join(directory, pod.uid);
    const tokenFile = join(folder, 'token');
    const kubeconfig = join(folder, 'kubeconfig');

    async function renew(): Promise<number> {
      const { token, refreshInMs } = await requestToken(client, pod, podEnded);
      await replace(tokenFile, token);
      return refreshInMs;
    }

    async function keepFresh(firstMs: number): Promise<void> {
      let waitMs = firstMs;
      while (await pause(waitMs, podEnded)) {
        waitMs = await renew().catch((problem: unknown) => {
          onProblem(problem);
          return retryMs;
        });
      }
      kubeconfigs.delete(pod.uid);
      await rm(folder, { recursive: true, force: true });
    }

    await mkdir(folder, { recursive: true, mode: 0o700 });
    const refreshInMs = await renew();
    await replace(kubeconfig, kubeconfigText(cluster, pod.namespace, tokenFile));
    keepFresh(refreshInMs).catch(onProblem);
    return kubeconfig;
  }

  return {
    kubeconfigOf: (pod, podEnded) => {
      const known = kubeconfigs.get(pod.uid);
      if (known) return known;
      const laidOut = layOut(pod, podEnded).catch((error: unknown) => {
        // The container's next start tries again.
        kubeconfigs.delete(pod.uid);
        throw error;
      });
      kubeconfigs.set(pod.uid, laidOut);
      return laidOut;
    },
  };
}

/** Replaces a file at one stroke, so that a reader never sees half of it. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.next`, text, { mode: 0o600 });
  await rename(`${file}.next`, file);
}

/** A kubeconfig as JSON, which is YAML too. */
const kubeconfigText = (cluster: Cluster, namespace: string, tokenFile: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster }],
    users: [{ name: 'pod', user: { tokenFile } }],
    contexts: [{ name: 'pod', context: { cluster: 'sandbox', user: 'pod', namespace } }],
    'current-context': 'pod',
  });
