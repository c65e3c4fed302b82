import { mkdir } from 'node:fs/promises';
import type { RunningProcess } from '../processes/index.ts';
import {
  auditLogIn,
  caFile as caFileIn,
  startApiServer,
  type ApiServerOptions,
  type Audited,
} from './api-server.ts';
import { startControllerManager } from './controller-manager.ts';
import { createCredentials } from './credentials.ts';
import { startEtcd } from './etcd.ts';
import { freePort } from './free-port.ts';
import { type KubeconfigUser, writeKubeconfig } from './kubeconfig.ts';

/** How to start a control plane. */
export interface ControlPlaneOptions {
  /** For data, keys and one log per component: a folder of its own, made where it is missing. */
  readonly directory: string;
  /** The CIDR of cluster IPs, such as 127.128.0.0/16. */
  readonly serviceRange: string;
  /** Keeps EndpointSlices, which refuse loopback addresses: for pods on others; off by default. */
  readonly endpointSlices?: boolean;
  /** Whose API requests are recorded, without bodies, in audit.log in the directory; nobody's by default. */
  readonly auditLog?: Audited | undefined;
  /** Whether lists can be had as streams (KEP-3157; default), or by pages only, as before Kubernetes 1.34. */
  readonly streamsLists?: boolean;
  /** Gives up the start; afterwards only close() counts. */
  readonly signal?: AbortSignal;
}

/** A real Kubernetes control plane on 127.0.0.1. */
export interface ControlPlane {
  /** https://127.0.0.1:PORT, the same after a restart. */
  readonly server: string;
  /** The certificates to trust the API server by. */
  readonly caFile: string;
  /** The path of a kubeconfig whose user may do anything. */
  readonly adminKubeconfig: string;
  /** http://127.0.0.1:PORT, where the API server stores everything. */
  readonly etcd: string;
  readonly directory: string;
  /** The file of the recorded requests, where there are any. */
  readonly auditLog: string;
  /** The process ids now; the API server has another after a restart, and none while it is stopped. */
  readonly pids: {
    readonly etcd: number;
    readonly apiServer: number | undefined;
    readonly controllerManager: number;
  };
  /**
   * Writes NAME.kubeconfig in the directory (NAME can be a file's name) for a user with a token, or with a file that
   * holds one; gives its path.
   */
  kubeconfigFor(user: KubeconfigUser): Promise<string>;
  /** Stops the API server in order (SIGTERM); what it stored stays. Does nothing when it is stopped. */
  stopApiServer(): Promise<void>;
  /** Starts the API server again, on its port, with its data and keys, and waits until it is ready. */
  startApiServer(): Promise<void>;
  /** Stops and starts it. */
  restartApiServer(): Promise<void>;
  /** Stops all components in order. The directory stays. */
  close(): Promise<void>;
}

/**
 * Starts etcd, kube-apiserver and kube-controller-manager, and waits until pods can be created. Throws an error
 * with the end of its log when a component does not come up within a minute; nothing is left running then. The
 * components end with this process, however it ends.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { directory, serviceRange, endpointSlices = false, auditLog, streamsLists = true, signal } = options;
  await mkdir(directory, { recursive: true });
  const port = await freePort(20_000);
  const etcdPort = await freePort(10_000);
  const server = `https://127.0.0.1:${port}`;
  const caFile = caFileIn(directory);
  const cluster = { server, caFile, directory };
  const credentials = await createCredentials(directory);
  const settings: ApiServerOptions = {
    ...{ directory, port, etcdPort, serviceRange, credentials },
    ...{ auditLog, streamsLists },
  };

  await using starting = new AsyncDisposableStack();
  const etcd = await startEtcd(directory, etcdPort, signal);
  starting.defer(() => etcd.stop().then(() => undefined));
  let apiServer: RunningProcess | undefined = await startApiServer({ ...settings, signal });
  const stopApiServer = async (): Promise<void> => {
    await apiServer?.stop();
    apiServer = undefined;
  };
  starting.defer(stopApiServer);

  const { adminToken, controllerManagerToken } = credentials;
  const adminKubeconfig = await writeKubeconfig(cluster, { name: 'admin', token: adminToken });
  const kubeconfig = await writeKubeconfig(cluster, {
    name: 'kube-controller-manager',
    token: controllerManagerToken,
  });
  const controllerManager = await startControllerManager({
    directory,
    server,
    caFile,
    kubeconfig,
    adminToken,
    endpointSlices,
    signal,
  });
  starting.defer(() => controllerManager.stop().then(() => undefined));

  const started = starting.move();
  const startAgain = async (): Promise<void> => {
    apiServer ??= await startApiServer(settings);
  };
  return {
    server,
    caFile,
    adminKubeconfig,
    etcd: `http://127.0.0.1:${etcdPort}`,
    directory,
    auditLog: auditLogIn(directory),
    get pids() {
      return { etcd: etcd.pid, apiServer: apiServer?.pid, controllerManager: controllerManager.pid };
    },
    kubeconfigFor: (user) => writeKubeconfig(cluster, user),
    stopApiServer,
    startApiServer: startAgain,
    async restartApiServer() {
      await stopApiServer();
      await startAgain();
    },
    close: () => started.disposeAsync(),
  };
}
