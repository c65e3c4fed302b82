import { X509Certificate } from 'node:crypto';
import type { Server } from 'node:https';
import type { Identity } from '@targetgate/certs';

/**
 * Serves with a certificate from the next connection on; connections that are open keep theirs.
 *
 * @returns when the certificate ends, in epoch milliseconds.
 * @throws Error where the two do not parse or do not belong together: the server keeps what it had.
 */
export function useIdentity(
  server: Pick<Server, 'setSecureContext'>,
  { certificate, key }: Identity,
): number {
  const expires = expiryOf(certificate);
  server.setSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
  return expires;
}

/** When a certificate (PEM) ends, in epoch milliseconds. */
export const expiryOf = (certificate: string): number =>
  new X509Certificate(certificate).validToDate.getTime();
