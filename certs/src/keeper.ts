import { advance } from './advance.ts';
import type { Identity, Lives, Material } from './certificates.ts';
import {
  configurationKinds,
  trustOf,
  webhooksToTell,
  type Configuration,
  type ConfigurationKind,
} from './configuration.ts';
import { handOver, type Served } from './hand-over.ts';
import type { Trust } from './next-step.ts';
import { materialOf, type Secret } from './secret.ts';

/** A webhook configuration and its kind. */
export interface Known {
  readonly kind: ConfigurationKind;
  readonly configuration: Configuration;
}

/** What a replica knows of the cluster, and how it changes it. */
export interface CertificateStore {
  /** The Secret, as it was seen last. */
  secret(): Secret | undefined;
  /** Those that exist, as they were seen last; undefined while that is not known. */
  configurations(): readonly Known[] | undefined;
  /** Writes in the place of the version found; false where another replica was first. */
  write(found: Secret | undefined, material: Material): Promise<boolean>;
  /** Tells these webhooks whom to trust. */
  publish(known: Known, webhooks: readonly string[], bundle: readonly string[]): Promise<void>;
}

const unknownTrust: Trust = { isComplete: () => false, some: [] };

/** Who is told of what happens to certificates. */
export interface CertificateListeners {
  /** What to serve with from now on, and the authority that signs, both PEM. */
  readonly onServe: (identity: Identity, authority: string) => void;
  /** Whether the API server is told, for every webhook, to trust what is served. */
  readonly onTrust: (isComplete: boolean) => void;
  /** Of which kinds there is no configuration, each time that this changes: no API server asks such a webhook. */
  readonly onMissing: (kinds: readonly ConfigurationKind[]) => void;
  readonly onWrite: (why: readonly string[]) => void;
  readonly onPublish: (kind: ConfigurationKind, authorities: number) => void;
}

/**
 * One replica's care for the certificates. Each look brings Secret, trust and what is served one step nearer to what
 * they should be, and may be repeated at any time; it gives when to look again without an event (epoch milliseconds).
 */
export function createKeeper(
  store: CertificateStore,
  options: CertificateListeners & {
    readonly dnsNames: readonly string[];
    readonly lives: Lives;
    readonly jitter: number;
    readonly now: () => number;
  },
): () => Promise<number> {
  const { onServe, onTrust, onMissing, onWrite, onPublish, now, ...situation } = options;
  let remembered: Material | undefined;
  let served: Served | undefined;
  let missing: readonly ConfigurationKind[] = [];

  return async () => {
    const secret = store.secret();
    const known = store.configurations();
    const trust = known ? trustOf(known.map(({ configuration }) => configuration)) : unknownTrust;
    const moment = { ...situation, now: now(), trust };

    const { material, done, again } = await advance(secret && materialOf(secret), remembered, moment);
    if (done.length > 0) {
      // What another replica wrote meanwhile, and what we did, comes back as an event.
      if (await store.write(secret, material)) onWrite(done);
      return again;
    }
    remembered = material;

    const next = handOver(material, served, moment);
    if (next.served.identity.certificate !== served?.identity.certificate)
      onServe(next.served.identity, material.authorities[0] ?? '');
    served = next.served;
    onTrust(trust.isComplete(served.authority));
    if (known === undefined) return again;
    const gone = configurationKinds.filter((kind) => known.every((each) => each.kind !== kind));
    if (gone.join() !== missing.join()) onMissing((missing = gone));
    for (const each of known) {
      const webhooks = webhooksToTell(each.configuration, next.bundle);
      if (webhooks.length === 0) continue;
      await store.publish(each, webhooks, next.bundle);
      onPublish(each.kind, next.bundle.length);
    }
    return again;
  };
}
