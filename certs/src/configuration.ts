import type { KubeClient, RawObject } from '@targetgate/shared/kube';
import { certificatesIn } from './certificates.ts';
import type { Trust } from './next-step.ts';

/** The two kinds of webhook configurations, as their collections are called. */
export type ConfigurationKind = 'mutatingwebhookconfigurations' | 'validatingwebhookconfigurations';

/** Both of them. */
export const configurationKinds: readonly ConfigurationKind[] = [
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
];

/** The collection of a kind of webhook configurations. */
export const configurationsOf = (kind: ConfigurationKind): string =>
  `/apis/admissionregistration.k8s.io/v1/${kind}`;

/** A webhook configuration, as far as certificates go. */
export interface Configuration {
  readonly namespace: '';
  readonly name: string;
  readonly version: string;
  /** cert-manager writes whom it trusts: nobody else may. */
  readonly isInjected: boolean;
  /** Whom each of its webhooks trusts, PEM; the webhooks have names. */
  readonly webhooks: readonly { readonly name: string; readonly trusted: readonly string[] }[];
}

/** An object of the API server's, as one of the above. */
export function projectConfiguration({ metadata, webhooks }: RawObject): Configuration {
  const annotations = Object.keys((metadata.annotations as object | undefined) ?? {});
  const hooks = (webhooks ?? []) as { name: string; clientConfig: { caBundle?: string } }[];
  return {
    namespace: '',
    name: metadata.name,
    version: metadata.resourceVersion,
    isInjected: annotations.some((key) => key.startsWith('cert-manager.io/inject-')),
    webhooks: hooks.map(({ name, clientConfig: { caBundle = '' } }) => ({
      name,
      trusted: certificatesIn(Buffer.from(caBundle, 'base64').toString()),
    })),
  };
}

/** Whom these configurations trust. */
export function trustOf(configurations: readonly Configuration[]): Trust {
  const bundles = configurations.flatMap(({ webhooks }) => webhooks.map(({ trusted }) => trusted));
  return {
    isComplete: (authority) => bundles.every((trusted) => trusted.includes(authority)),
    some: [...new Set(bundles.flat())],
  };
}

/** The webhooks of a configuration that do not trust exactly this bundle yet; none, where it is not ours to say. */
export function webhooksToTell(
  { isInjected, webhooks }: Configuration,
  bundle: readonly string[],
): readonly string[] {
  if (isInjected) return [];
  const wanted = bundle.join('');
  return webhooks.filter(({ trusted }) => trusted.join('') !== wanted).map(({ name }) => name);
}

/**
 * Makes the API server trust a bundle for some webhooks of a configuration. Nothing else in it changes.
 *
 * @throws KubeError (a conflict, where the configuration is not of that version any more) or KubeUnreachable.
 */
export async function publishBundle(options: {
  client: KubeClient;
  kind: ConfigurationKind;
  configuration: Configuration;
  /** Their names: a strategic merge patch merges webhooks by name. */
  webhooks: readonly string[];
  bundle: readonly string[];
  signal: AbortSignal;
}): Promise<void> {
  const { client, kind, configuration, webhooks, bundle, signal } = options;
  const caBundle = Buffer.from(bundle.join('')).toString('base64');
  await client.request({
    method: 'PATCH',
    path: `${configurationsOf(kind)}/${configuration.name}`,
    patch: 'strategic',
    body: {
      // What we know may be behind what somebody else has just published.
      metadata: { resourceVersion: configuration.version },
      webhooks: webhooks.map((name) => ({ name, clientConfig: { caBundle } })),
    },
    dropsAnswer: true,
    signal,
  });
}
