import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import type { RunningProcess } from '../processes/index.ts';
import { startComponent } from './component.ts';
import type { Credentials } from './credentials.ts';
import { probe } from './probe.ts';

/** Everybody, or the members of a group. */
export type Audited = 'everybody' | { readonly group: string };

/** What an API server needs; the same again after a restart. */
export interface ApiServerOptions {
  readonly directory: string;
  readonly port: number;
  readonly etcdPort: number;
  /** The CIDR of cluster IPs, such as 127.128.0.0/16. */
  readonly serviceRange: string;
  readonly credentials: Credentials;
  /** Whose requests are recorded in audit.log in the directory. */
  readonly auditLog: Audited | undefined;
  readonly streamsLists: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Starts kube-apiserver on 127.0.0.1 and waits for /readyz. */
export function startApiServer(options: ApiServerOptions): Promise<RunningProcess> {
  const { directory, port, etcdPort, serviceRange, credentials, auditLog, streamsLists, signal } = options;
  return startComponent({
    name: 'kube-apiserver',
    binary: binaries()['kube-apiserver'],
    args: [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${certDirectory(directory)}`,
      `--service-cluster-ip-range=${serviceRange}`,
      // No Endpoints of the service "kubernetes": they may not be on loopback.
      '--endpoint-reconciler-type=none',
      '--authorization-mode=RBAC',
      '--anonymous-auth=false',
      `--token-auth-file=${credentials.tokenFile}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${credentials.serviceAccountKeyFile}`,
      `--service-account-key-file=${credentials.serviceAccountKeyFile}`,
      '--allow-privileged',
      // Ends watches at SIGTERM. Otherwise it waits up to a minute for clients to end them.
      '--shutdown-watch-termination-grace-period=200ms',
      ...(streamsLists ? [] : ['--feature-gates=WatchList=false']),
      ...(auditLog === undefined ? [] : auditFlags(directory, auditLog)),
    ],
    directory,
    signal,
    ready: () =>
      probe({
        url: `https://127.0.0.1:${port}/readyz`,
        caFile: caFile(directory),
        token: credentials.adminToken,
      }),
  });
}

/**
 * The certificates to trust the API server by. It makes its own at its first start, finds it again after a restart,
 * and writes the CA that signed it into the same file.
 */
export const caFile = (directory: string): string => join(certDirectory(directory), 'apiserver.crt');

const certDirectory = (directory: string): string => join(directory, 'certs');

/** Where requests are recorded. */
export const auditLogIn = (directory: string): string => join(directory, 'audit.log');

/** One line of JSON per request when it has been answered, without bodies. */
function auditFlags(directory: string, audited: Audited): string[] {
  const policy = join(directory, 'audit-policy.json');
  const who = audited === 'everybody' ? {} : { userGroups: [audited.group] };
  const rules = [{ level: 'Metadata', omitStages: ['RequestReceived'], ...who }];
  writeFileSync(policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }));
  return [`--audit-policy-file=${policy}`, `--audit-log-path=${auditLogIn(directory)}`];
}
