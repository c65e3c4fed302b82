import {
  dnsNamesOf,
  ensureCertificates,
  publishCaBundle,
  type ConfigurationKind,
  type Identity,
  type SecretAddress,
} from '@targetgate/certs';
import type { KubeClient } from '@targetgate/shared/kube';
import type { Logger } from '@targetgate/shared/runtime';
import { keepTrying } from '../keep-trying.ts';

/**
 * Serves with the certificate of the Secret, made where it is missing, and then tells the API server to trust it. All
 * is tried until it succeeds or `signal` ends it: until a configuration is told, API servers that do not know this
 * authority yet cannot call the webhooks in it, and their failurePolicy decides.
 */
export async function manageCertificates(options: {
  client: KubeClient;
  secret: SecretAddress;
  service: string;
  /** The name of both webhook configurations. */
  configuration: string;
  use: (identity: Identity) => void;
  logger: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { client, secret, service, configuration, use, logger, signal } = options;

  const certificates = await keepTrying({
    attempt: () =>
      ensureCertificates({
        client,
        secret,
        dnsNames: dnsNamesOf(service, secret.namespace),
        now: Date.now,
        signal,
        onIssue: (why) => logger.info({ secret, why }, 'issued a certificate'),
      }),
    onProblem: (err) => logger.warn({ err, secret }, 'no certificate yet'),
    signal,
  });
  if (certificates === undefined) return;
  use(certificates);

  const { caBundle } = certificates;
  const publish = async (kind: ConfigurationKind): Promise<void> => {
    const changed = await keepTrying({
      attempt: () => publishCaBundle({ client, kind, configuration, caBundle, signal }),
      onProblem: (err) =>
        logger.warn({ err, kind, configuration }, 'the API server is not yet told whom to trust'),
      signal,
    });
    if (changed) logger.info({ kind, configuration }, 'told the API server whom to trust');
  };
  // Neither waits for the other: pods get their gates where the configuration for bindings is missing.
  await Promise.all([publish('mutatingwebhookconfigurations'), publish('validatingwebhookconfigurations')]);
}
