import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A user of the API server: a token, or a file that holds one and may change. */
export type KubeconfigUser = { readonly name: string } & (
  { readonly token: string } | { readonly tokenFile: string }
);

/** Which API server, and the folder for the file. */
interface Cluster {
  readonly server: string;
  readonly caFile: string;
  readonly directory: string;
}

/** Writes NAME.kubeconfig, for its owner's eyes only, and gives its path. */
export async function writeKubeconfig(cluster: Cluster, user: KubeconfigUser): Promise<string> {
  const { server, caFile, directory } = cluster;
  const { name, ...credential } = user;
  const ca = await readFile(caFile, 'base64');
  const path = join(directory, `${name}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name: 'sandbox', cluster: { server, 'certificate-authority-data': ca } }],
    users: [{ name, user: credential }],
    contexts: [{ name, context: { cluster: 'sandbox', user: name } }],
  };
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}
