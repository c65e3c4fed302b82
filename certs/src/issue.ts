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
import type { Identity, Material } from './certificates.ts';
import { algorithm, createKeys, fromPem, toPem } from './keys.ts';

const day = 24 * 60 * 60 * 1000;
const authorityLife = 2 * 365 * day;
const servingLife = 90 * day;

/** A certificate must be good on machines whose clocks run behind ours. */
const clockSkew = 5 * 60 * 1000;

const validity = (now: number, life: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - clockSkew),
  notAfter: new Date(now + life),
});

/** A new authority, good for 2 years from `now` (epoch milliseconds). It signs servers, no further authorities. */
export async function issueAuthority(now: number): Promise<Identity> {
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=targetgate webhook CA',
    ...validity(now, authorityLife),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await toPem(keys.privateKey) };
}

/** A new certificate for a server with these names, signed by the authority, good for 90 days from `now`. */
export async function issueServing(options: {
  authority: Identity;
  dnsNames: readonly string[];
  now: number;
}): Promise<Identity> {
  const { authority, dnsNames, now } = options;
  const issuer = new X509Certificate(authority.certificate);
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.create({
    // Clients look at the alternative names alone; a common name may have no more than 64 characters.
    subject: 'CN=targetgate webhook',
    issuer: issuer.subject,
    ...validity(now, servingLife),
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
  return { certificate: certificate.toString('pem'), key: await toPem(keys.privateKey) };
}

/** A new authority and a certificate signed by it. */
export async function issueMaterial(dnsNames: readonly string[], now: number): Promise<Material> {
  const authority = await issueAuthority(now);
  return { authority, serving: await issueServing({ authority, dnsNames, now }) };
}
