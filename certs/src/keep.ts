import {
  createBackoff,
  isConflict,
  startReflector,
  type KubeClient,
  type RawObject,
  type Reflector,
} from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import type { Lives } from './certificates.ts';
import {
  configurationsOf,
  projectConfiguration,
  publishBundle,
  type Configuration,
  type ConfigurationKind,
} from './configuration.ts';
import { createKeeper, type CertificateListeners, type CertificateStore } from './keeper.ts';
import { secretsIn, writeSecret, type SecretAddress } from './secret.ts';

const kinds: readonly ConfigurationKind[] = [
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
];

/** The longest time between two looks: a timer cannot count more than 24 days. */
const longestRestMs = 24 * 60 * 60 * 1000;

/** Certificates that are kept up to date until they are closed. */
export interface KeptCertificates {
  close(): Promise<void>;
}

/**
 * Keeps the certificates of a webhook alive: in a Secret, which is made where it is missing, put back where it was lost
 * or spoilt, and renewed in time; and in the webhook configurations, which are told whom to trust, also after somebody
 * has wiped it. It looks after each change of any of them, and when something is due. All replicas do the same: the
 * first write wins, and the others follow it.
 */
export function keepCertificates(
  options: CertificateListeners & {
    readonly client: KubeClient;
    readonly secret: SecretAddress;
    /** The name of the configurations of both kinds. */
    readonly configuration: string;
    readonly dnsNames: readonly string[];
    readonly lives: Lives;
    readonly clock: Clock;
    /** Told of each failure; it is tried again. */
    readonly onProblem: (problem: unknown) => void;
  },
): KeptCertificates {
  const { client, secret: address, configuration, clock, onProblem } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = (): void => undefined;

  /** Follows one object by its name; that is all that our rights allow. */
  const follow = <T extends { readonly namespace: string; readonly name: string }>(
    path: string,
    name: string,
    project: (raw: RawObject) => T,
  ): Reflector<T> =>
    startReflector<T>({
      client,
      path,
      query: { fieldSelector: `metadata.name=${name}` },
      project,
      indexes: {},
      onChange: () => wake(),
      onProblem,
    });
  const secrets = follow(secretsIn(address.namespace), address.name, (raw) => ({
    ...address,
    raw: raw,
  }));
  const configurations = kinds.map((kind) => ({
    kind,
    cache: follow(configurationsOf(kind), configuration, projectConfiguration),
  }));
  const caches = [secrets, ...configurations.map(({ cache }) => cache)];
  let isTrustKnown = false;
  void Promise.all(configurations.map(({ cache }) => cache.synced)).then(() => {
    isTrustKnown = true;
    wake();
  });

  const store: CertificateStore = {
    secret: () => secrets.store.get(address.namespace, address.name)?.raw,
    configurations: () =>
      isTrustKnown
        ? configurations.flatMap(({ kind, cache }) => {
            const found: Configuration | undefined = cache.store.get('', configuration);
            return found ? [{ kind, configuration: found }] : [];
          })
        : undefined,
    write: (found, material) => writeSecret({ client, address, found, material, signal }),
    publish: ({ kind, configuration: known }, webhooks, bundle) =>
      publishBundle({ client, kind, configuration: known, webhooks, bundle, signal }),
  };
  const look = createKeeper(store, { ...options, jitter: Math.random(), now: () => clock.now() });

  const backoff = createBackoff({ firstMs: 250, capMs: 10_000 });
  /** One look; gives when the next is due. */
  async function lookOnce(): Promise<number> {
    try {
      const again = await look();
      backoff.reset();
      return Math.min(again, clock.now() + longestRestMs);
    } catch (problem) {
      // What is newer than what we know is on its way to us as an event.
      if (!isConflict(problem) && !signal.aborted) onProblem(problem);
      return clock.now() + backoff.next();
    }
  }

  async function keep(): Promise<void> {
    const begun = Promise.withResolvers<undefined>();
    wake = () => begun.resolve(undefined);
    void secrets.synced.then(() => wake());
    await begun.promise;
    while (!signal.aborted) {
      const changed = Promise.withResolvers<undefined>();
      wake = () => changed.resolve(undefined);
      const cancel = clock.at(await lookOnce(), () => wake());
      await changed.promise;
      cancel();
    }
  }
  const kept = keep();

  return {
    close: async () => {
      stopping.abort();
      wake();
      await Promise.all([kept, ...caches.map((cache) => cache.stop())]);
    },
  };
}
