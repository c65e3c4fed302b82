import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { startControlPlane } from './index.ts';

const help = `Runs a Kubernetes control plane on 127.0.0.1: etcd, kube-apiserver, kube-controller-manager. No nodes.

  node sandbox/src/control-plane/main.ts [flags]

  --directory PATH      data, keys and logs, kept afterwards (default: a temporary folder, removed afterwards)
  --service-range CIDR  cluster IPs (default 127.128.0.0/16)
  --audit-log           record every request in audit.log in the directory
  --help
`;

const flags = {
  directory: { type: 'string' },
  'service-range': { type: 'string', default: '127.128.0.0/16' },
  'audit-log': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Runs until SIGINT or SIGTERM. */
async function run(given: string | undefined, serviceRange: string, auditLog: boolean): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const directory = given ?? (await mkdtemp(join(tmpdir(), 'targetgate-control-plane-')));
  try {
    const plane = await startControlPlane({ directory, serviceRange, auditLog, signal: stop.signal });
    console.log(`The control plane runs at ${plane.server}, its logs are in ${directory}.

  export KUBECONFIG=${plane.adminKubeconfig}
  alias kubectl=${binaries().kubectl}

Ctrl-C stops it.`);
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    await plane.close();
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    if (given === undefined) await rm(directory, { recursive: true });
  }
}

try {
  const { values } = parseArgs({ options: flags });
  if (values.help) console.log(help);
  else await run(values.directory, values['service-range'], values['audit-log']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
