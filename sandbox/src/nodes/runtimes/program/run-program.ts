import { constants } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../../../processes/index.ts';
import { containerEnvironment, expand } from '../../pod/environment.ts';
import { exit, imageName, NoSuchImage, type ContainerRuntime, type Exit } from '../runtime.ts';
import type { PodIdentities } from './pod-identity.ts';

/** What programs are run with. */
export interface ProgramOptions {
  /** The command that each image stands for. */
  readonly programs: Readonly<Record<string, readonly string[]>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly logDirectory: string;
  readonly identities: PodIdentities;
}

/**
 * Runs an image as a child process: the image's command, then the container's args. It gets nothing of this process's
 * own environment but PATH; what stands in for a container's surroundings is HOST, the pod's address, for a network
 * namespace of its own, and KUBECONFIG, with the ServiceAccount's token, for the in-cluster account. No volume is
 * mounted. The output is appended to `namespace_pod_container.log`.
 */
export function programRuntime(options: ProgramOptions): ContainerRuntime {
  const { programs, environment, logDirectory, identities } = options;
  return async ({ pod, container, place, podEnded }) => {
    const [command, ...args] = programs[imageName(container.image)] ?? [];
    if (command === undefined) throw new NoSuchImage(`no program is set for the image ${container.image}`);
    const kubeconfig = await identities.kubeconfigOf(pod, podEnded);
    const declared = containerEnvironment(container, pod, place);
    const program = startProcess({
      command,
      args: [...args, ...container.args.map((arg) => expand(arg, declared))],
      env: {
        PATH: process.env.PATH,
        HOSTNAME: pod.name,
        HOST: place.address,
        KUBECONFIG: kubeconfig,
        ...environment,
        ...declared,
      },
      logFile: join(logDirectory, `${pod.namespace}_${pod.name}_${container.name}.log`),
    });
    return {
      pid: program.pid,
      ended: program.exited.then(exitOf),
      terminate: () => program.kill('SIGTERM'),
      kill: () => program.kill('SIGKILL'),
    };
  };
}

function exitOf({ code, signal }: { code: number | null; signal: NodeJS.Signals | null }): Exit {
  return exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
}
