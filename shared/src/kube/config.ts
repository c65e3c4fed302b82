import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig, type User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { Misconfigured } from '../runtime/misconfigured.ts';
import { tokenFileAuthenticator, withTokenFile } from './token-file.ts';

/**
 * Loads the kubeconfig files given (a path, or several joined as KUBECONFIG joins them), or else the in-cluster
 * ServiceAccount.
 *
 * @throws Misconfigured where there is neither or a file cannot be read, saying what to set.
 */
export function loadKubeConfig(kubeconfig: string | undefined, env: NodeJS.ProcessEnv): KubeConfig {
  const config = new KubeConfig();
  config.addAuthenticator(tokenFileAuthenticator);
  if (kubeconfig !== undefined && kubeconfig !== '') {
    const files = kubeconfig.split(path.delimiter).filter((file) => file !== '');
    for (const file of files) loadFile(config, file);
    return config;
  }
  if (env.KUBERNETES_SERVICE_HOST === undefined) {
    throw new Misconfigured(
      'no Kubernetes API server: set KUBECONFIG (or --kubeconfig), or run inside a cluster',
    );
  }
  config.loadFromCluster();
  config.users = config.users.map((user) => {
    const provider = user.authProvider as { config: { tokenFile: string } };
    return withTokenFile(user, provider.config.tokenFile);
  });
  return config;
}

/** Adds a file's clusters, users and contexts. The first file that names a current context decides, as in kubectl. */
function loadFile(config: KubeConfig, file: string): void {
  const loaded = new KubeConfig();
  try {
    loaded.loadFromFile(file);
  } catch (cause) {
    throw new Misconfigured(`cannot read the kubeconfig ${file}: ${String(cause)}`, { cause });
  }
  loaded.users = loaded.users.map((user) => readTokenFile(user, file));
  if (config.clusters.length === 0) config.loadFromOptions(loaded);
  else config.mergeConfig(loaded, Boolean(config.currentContext));
}

/** `tokenFile` of a kubeconfig's user, relative to the kubeconfig, is a field that client-node 2.0.1 leaves out. */
function readTokenFile(user: User, file: string): User {
  const raw = parse(readFileSync(file, 'utf8')) as {
    users?: { name: string; user?: { tokenFile?: string } }[];
  };
  const tokenFile = raw.users?.find((entry) => entry.name === user.name)?.user?.tokenFile;
  return tokenFile === undefined ? user : withTokenFile(user, path.resolve(path.dirname(file), tokenFile));
}
