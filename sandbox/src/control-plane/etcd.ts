import { join } from 'node:path';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import type { RunningProcess } from '../processes/index.ts';
import { startComponent } from './component.ts';

/** Starts etcd on a port of 127.0.0.1, plain HTTP. It need not survive a crash of the machine: no fsync. */
export function startEtcd(directory: string, port: number, signal?: AbortSignal): Promise<RunningProcess> {
  const url = `http://127.0.0.1:${port}`;
  return startComponent({
    name: 'etcd',
    binary: binaries().etcd,
    args: [
      `--data-dir=${join(directory, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      // A single member has no peers; any port will do.
      '--listen-peer-urls=http://127.0.0.1:0',
      '--unsafe-no-fsync',
    ],
    directory,
    signal,
    ready: () =>
      fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
}
