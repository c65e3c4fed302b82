import { startReflector, type KubeClient, type RawObject, type Reflector } from '@targetgate/shared/kube';
import {
  configurationKinds,
  configurationsOf,
  projectConfiguration,
  publishBundle,
} from './configuration.ts';
import type { CertificateStore } from './keeper.ts';
import { secretsIn, writeSecret, type SecretAddress } from './secret.ts';

/** The Secret and the webhook configurations of a cluster, followed until they are closed. */
export interface FollowedCluster extends CertificateStore {
  /** Settles when it is known whether there is a Secret, and what is in it. */
  readonly secretKnown: Promise<void>;
  close(): Promise<void>;
}

/** Where certificates are, in a cluster. */
export interface ClusterOptions {
  readonly client: KubeClient;
  readonly secret: SecretAddress;
  /** The name of the configurations of both kinds. */
  readonly configuration: string;
  /** Told of each failure; it is tried again. */
  readonly onProblem: (problem: unknown) => void;
}

/** Follows what certificates depend on. */
export function followCluster(options: ClusterOptions & { readonly onChange: () => void }): FollowedCluster {
  const { client, secret: address, configuration: name, onChange, onProblem } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Follows one object by its name; that is all that our rights allow. */
  const follow = <T extends { readonly namespace: string; readonly name: string }>(
    path: string,
    one: string,
    project: (raw: RawObject) => T,
  ): Reflector<T> =>
    startReflector<T>({
      client,
      path,
      query: { fieldSelector: `metadata.name=${one}` },
      project,
      indexes: {},
      onChange,
      onProblem,
    });
  const secrets = follow(secretsIn(address.namespace), address.name, (raw) => ({ ...address, raw }));
  const configurations = configurationKinds.map((kind) => ({
    kind,
    cache: follow(configurationsOf(kind), name, projectConfiguration),
  }));
  const caches = configurations.map(({ cache }) => cache);
  let isTrustKnown = false;
  void Promise.all(caches.map((cache) => cache.synced)).then(() => {
    isTrustKnown = true;
    onChange();
  });

  return {
    secretKnown: secrets.synced,
    secret: () => secrets.store.get(address.namespace, address.name)?.raw,
    configurations: () =>
      isTrustKnown
        ? configurations.flatMap(({ kind, cache }) => {
            const configuration = cache.store.get('', name);
            return configuration ? [{ kind, configuration }] : [];
          })
        : undefined,
    write: (found, material) => writeSecret({ client, address, found, material, signal }),
    publish: ({ kind, configuration }, webhooks, bundle) =>
      publishBundle({ client, kind, configuration, webhooks, bundle, signal }),
    close: async () => {
      stopping.abort();
      await Promise.all([secrets, ...caches].map((cache) => cache.stop()));
    },
  };
}
