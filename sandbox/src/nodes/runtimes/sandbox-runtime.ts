import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeClient } from '@targetgate/shared/kube';
import type { NodesOptions } from '../options.ts';
import { appRuntime } from './app/run-app.ts';
import { readCluster } from './program/cluster.ts';
import { podIdentities } from './program/pod-identity.ts';
import { programRuntime } from './program/run-program.ts';
import type { ContainerRuntime } from './runtime.ts';

/** Lays out the folders, and runs `sandbox/app...` images as apps inside this process, all others as programs. */
export async function sandboxRuntime(
  client: KubeClient,
  options: NodesOptions,
  onProblem: (problem: unknown) => void,
): Promise<ContainerRuntime> {
  const { kubeconfig, directory, programs = {}, programEnv = {} } = options;
  const logDirectory = join(directory, 'logs');
  const podDirectory = join(directory, 'pods');
  await mkdir(logDirectory, { recursive: true });
  const identities = podIdentities({
    client,
    cluster: readCluster(kubeconfig),
    directory: podDirectory,
    onProblem,
  });
  const program = programRuntime({ programs, environment: programEnv, logDirectory, identities });
  return (launch) =>
    launch.container.image.startsWith('sandbox/app') ? appRuntime(launch) : program(launch);
}
