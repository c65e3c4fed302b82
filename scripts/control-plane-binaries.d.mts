/** The programs of the sandbox's control plane. */
export type ProgramName = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kubectl';

/**
 * The path of each program, there or still to be built: in the folder KUBEBUILDER_ASSETS where that has it, in the
 * cache otherwise.
 */
export function binaries(env?: NodeJS.ProcessEnv): Record<ProgramName, string>;
