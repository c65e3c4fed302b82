import { createPrivateKey, webcrypto } from 'node:crypto';
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

/** A private key from PEM of any form (PKCS #8, SEC 1), for signing. Rejects where it is none of the algorithm. */
export async function fromPem(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

/** Whether a private key that can be parsed is one to sign with. */
export function isOfAlgorithm(pem: string): boolean {
  const { asymmetricKeyDetails } = createPrivateKey(pem);
  return asymmetricKeyDetails?.namedCurve === curveOfOpenssl;
}

/** P-256, as OpenSSL has it. */
const curveOfOpenssl = 'prime256v1';
