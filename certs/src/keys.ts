import { webcrypto } from 'node:crypto';
import { PemConverter } from './x509.ts';

/** ECDSA on P-256: the curve that every Kubernetes release and cloud accepts, with keys made in a millisecond. */
export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new key pair for signing. */
export const createKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** A private key as PKCS #8 PEM. */
export async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** The private key of a PKCS #8 PEM, for signing. */
export function fromPem(pem: string): Promise<webcrypto.CryptoKey> {
  const [der] = PemConverter.decode(pem);
  if (der === undefined) return Promise.reject(new Error('no PEM block in the private key'));
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}
