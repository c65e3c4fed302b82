import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** A cluster entry of a kubeconfig: the server, and how to know it. */
export type Cluster = Readonly<Record<string, unknown>>;

interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: Cluster }[];
}

/**
 * Reads the cluster of a kubeconfig's current context.
 *
 * @throws Error where the file has none.
 */
export function readCluster(file: string): Cluster {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const context = config.contexts?.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
  if (cluster === undefined) throw new Error(`${file}: the current context names no cluster`);
  const authority = cluster['certificate-authority'];
  // The pods' kubeconfigs stand in other folders.
  return typeof authority === 'string'
    ? { ...cluster, 'certificate-authority': resolve(dirname(file), authority) }
    : cluster;
}
