import type { KubeClient } from '@targetgate/shared/kube';

/** The two kinds of webhook configurations, as their collections are called. */
export type ConfigurationKind = 'mutatingwebhookconfigurations' | 'validatingwebhookconfigurations';

/** Of a webhook configuration: what publishing reads and writes. `caBundle` is PEM in base64. */
export interface WebhookConfiguration {
  readonly webhooks?: readonly {
    readonly name: string;
    readonly clientConfig: { readonly caBundle?: string };
  }[];
}

/** The strategic merge patch (webhooks merge by name) after which every webhook trusts the bundle; undefined where all do. */
export function caBundlePatch(
  configuration: WebhookConfiguration,
  pem: string,
): WebhookConfiguration | undefined {
  const caBundle = Buffer.from(pem).toString('base64');
  const webhooks = (configuration.webhooks ?? [])
    .filter(({ clientConfig }) => clientConfig.caBundle !== caBundle)
    .map(({ name }) => ({ name, clientConfig: { caBundle } }));
  return webhooks.length > 0 ? { webhooks } : undefined;
}

/**
 * Makes the API server trust a bundle for every webhook of a configuration. Nothing else in it changes.
 *
 * @returns whether anything had to be changed.
 * @throws KubeError (404 where there is no such configuration) or KubeUnreachable.
 */
export async function publishCaBundle(options: {
  client: KubeClient;
  kind: ConfigurationKind;
  /** The configuration's name. */
  configuration: string;
  caBundle: string;
  signal: AbortSignal;
}): Promise<boolean> {
  const { client, kind, configuration, caBundle, signal } = options;
  const path = `/apis/admissionregistration.k8s.io/v1/${kind}/${configuration}`;
  const found = await client.request<WebhookConfiguration>({ method: 'GET', path, signal });
  const body = caBundlePatch(found, caBundle);
  if (body === undefined) return false;
  await client.request({ method: 'PATCH', path, patch: 'strategic', body, signal });
  return true;
}
