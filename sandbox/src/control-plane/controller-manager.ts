import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import type { RunningProcess } from '../processes/index.ts';
import { startComponent } from './component.ts';
import { probe } from './probe.ts';

/** What the controllers need of the API server. */
interface ControllerManagerOptions {
  readonly directory: string;
  readonly server: string;
  readonly caFile: string;
  /** Of the user system:kube-controller-manager. */
  readonly kubeconfig: string;
  readonly adminToken: string;
  readonly endpointSlices: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What a rolling update, an eviction and a namespace need. */
const controllers = [
  'clusterrole-aggregation-controller',
  'deployment-controller',
  'disruption-controller',
  'garbage-collector-controller',
  'namespace-controller',
  // Pods of nodes that are gone: it deletes them after 40 s.
  'pod-garbage-collector-controller',
  'replicaset-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
];

/**
 * Starts kube-controller-manager and waits for its first work that others rely on: without the default
 * ServiceAccount of a namespace the API server admits no pod there.
 */
export function startControllerManager(options: ControllerManagerOptions): Promise<RunningProcess> {
  const { directory, server, caFile, kubeconfig, adminToken, endpointSlices, signal } = options;
  const all = [...controllers, ...(endpointSlices ? ['endpointslice-controller'] : [])];
  return startComponent({
    name: 'kube-controller-manager',
    binary: binaries()['kube-controller-manager'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--controllers=${all.join(',')}`,
      `--root-ca-file=${caFile}`,
      // Each controller acts with the rights of its own ServiceAccount, as in a real cluster.
      '--use-service-account-credentials',
      // Nothing asks it for metrics or health: no port.
      '--secure-port=0',
      // It is alone; with a lease it would end when the API server restarts.
      '--leader-elect=false',
    ],
    directory,
    signal,
    ready: () =>
      probe({
        url: `${server}/api/v1/namespaces/default/serviceaccounts/default`,
        caFile,
        token: adminToken,
      }),
  });
}
