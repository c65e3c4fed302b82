import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509.ts';
import type { Identity } from './certificates.ts';
import { algorithm, createKeys, fromPem, toPem } from './keys.ts';

/** A certificate begins so long before it is issued: it must be good on machines whose clocks run behind ours. */
export const backdatedMs = 60 * 60 * 1000;

const validity = (now: number, end: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - backdatedMs),
  notAfter: new Date(end),
});

/** A new authority, good for `lifeMs` from `now` (epoch milliseconds). It signs servers, no further authorities. */
export async function issueAuthority(now: number, lifeMs: number): Promise<Identity> {
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=targetgate webhook CA',
    ...validity(now, now + lifeMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await toPem(keys.privateKey) };
}

/**
 * A new certificate for a server with these names, signed by the authority: good for `lifeMs` from `now`, or as long as
 * the authority, where that ends sooner.
 */
export async function issueServing(options: {
  authority: Identity;
  dnsNames: readonly string[];
  now: number;
  lifeMs: number;
}): Promise<Identity> {
  const { authority, dnsNames, now, lifeMs } = options;
  const issuer = new X509Certificate(authority.certificate);
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.create({
    // Clients look at the alternative names alone; a common name may have no more than 64 characters.
    subject: 'CN=targetgate webhook',
    issuer: issuer.subject,
    ...validity(now, Math.min(now + lifeMs, issuer.notAfter.getTime())),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await fromPem(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: 'dns', value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await toPem(keys.privateKey) };
}
