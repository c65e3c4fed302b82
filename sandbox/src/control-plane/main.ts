import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Audited } from './api-server.ts';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { readCommandLine } from '../command-line.ts';
import { addressRange } from '../nodes/address-range.ts';
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

function readFlags() {
  const { values } = parseArgs({ options: flags });
  if (!values.help) checkBlock('--service-range', values['service-range']);
  return values;
}

function checkBlock(flag: string, text: string): void {
  try {
    addressRange(text);
  } catch (cause) {
    throw new Error(`${flag}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Runs until SIGINT or SIGTERM. */
async function run(
  given: string | undefined,
  serviceRange: string,
  auditLog: Audited | undefined,
): Promise<void> {
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

const values = readCommandLine(readFlags);
if (values?.help) process.stdout.write(help);
else if (values) {
  try {
    await run(values.directory, values['service-range'], values['audit-log'] ? 'everybody' : undefined);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
