import {
  dnsNamesOf,
  keepCertificates,
  type Identity,
  type KeptCertificates,
  type Lives,
  type SecretAddress,
} from '@targetgate/certs';
import type { KubeClient } from '@targetgate/shared/kube';
import type { Clock, Logger } from '@targetgate/shared/runtime';

/**
 * Serves with the certificates of the Secret, which replicas keep alive between them. Until a configuration is told whom
 * to trust, API servers cannot call the webhooks in it, and their failurePolicy decides.
 */
export function manageCertificates(options: {
  client: KubeClient;
  secret: SecretAddress;
  service: string;
  /** The name of both webhook configurations. */
  configuration: string;
  lives: Lives;
  clock: Clock;
  /** Called with the first identity and each new one, and the certificate (PEM) of the authority that signs. */
  use: (identity: Identity, authority: string) => void;
  /** Whether the API server is told to trust it. */
  onTrust: (isComplete: boolean) => void;
  logger: Logger;
}): KeptCertificates {
  const { service, use, logger, ...kept } = options;
  const { secret, configuration } = kept;
  return keepCertificates({
    ...kept,
    dnsNames: dnsNamesOf(service, secret.namespace),
    onServe: use,
    onMissing: (kinds) => {
      if (kinds.length === 0) logger.info({ configuration }, 'the webhook configurations are there');
      else
        logger.warn(
          { configuration, kinds },
          'there are no such webhook configurations, so no API server asks about what they are for: apply the manifests, or set --webhook-configuration to their name',
        );
    },
    onWrite: (why) => logger.info({ secret, why: why.join('; ') }, 'wrote certificates'),
    onPublish: (kind, authorities) =>
      logger.info({ kind, configuration, authorities }, 'told the API server whom to trust'),
    onProblem: (err) =>
      logger.warn({ err, secret, configuration }, 'the certificates need care; trying again'),
  });
}
