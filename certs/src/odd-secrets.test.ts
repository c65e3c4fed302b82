import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance, type Advanced } from './advance.ts';
import { signerOf } from './examine.ts';
import { day, dnsNames, issueMaterial, lives } from './fixtures.ts';
import { handOver } from './hand-over.ts';
import { toPem } from './keys.ts';
import { materialOf } from './secret.ts';
import { BasicConstraintsExtension, X509CertificateGenerator } from './x509.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const good = await issueMaterial(now);
const texts = {
  'ca.crt': good.authorities.join(''),
  'ca.key': good.signingKey,
  'tls.crt': good.serving.certificate,
  'tls.key': good.serving.key,
};
type Texts = Readonly<Record<keyof typeof texts, string>>;

const moment = { dnsNames, now, lives, jitter: 0, trust: { isComplete: () => true, some: [] } };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Brings a Secret with these texts up to date, and checks that it then is. */
async function repair(found: Texts): Promise<Advanced> {
  const data = Object.fromEntries(Object.entries(found).map(([key, text]) => [key, base64(text)]));
  const advanced = await advance(materialOf({ data }), undefined, moment);
  const { material, again } = advanced;
  const leaf = new X509Certificate(material.serving.certificate);
  expect(leaf.checkPrivateKey(createPrivateKey(material.serving.key))).toBe(true);
  expect(signerOf(leaf, material.authorities, now)).toBeDefined();
  expect(again).toBeGreaterThan(now);
  handOver(material, undefined, moment);
  return advanced;
}

/** An authority with a key of another kind, as a person or another program may have put it there. */
async function authorityWith(algorithm: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams) {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=foreign',
    notBefore: new Date(now - day),
    notAfter: new Date(now + 700 * day),
    signingAlgorithm: { hash: 'SHA-256', ...algorithm },
    keys,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  return { 'ca.crt': `${certificate.toString('pem')}\n`, 'ca.key': await toPem(keys.privateKey) };
}

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const p384 = { name: 'ECDSA', namedCurve: 'P-384' };
const sec1 = createPrivateKey(good.signingKey).export({ type: 'sec1', format: 'pem' }).toString();

describe('a Secret', () => {
  it.each([
    ['RSA', rsa],
    ['P-384', p384],
  ])(
    'whose authority has an %s key goes over to one that signs, and still trusts the other',
    async (_, kind) => {
      const foreign = await authorityWith(kind);
      const { done, material } = await repair({ ...texts, ...foreign });
      expect(done[0]).toBe('ca.crt has a key of a kind that is not signed with here');
      expect(material.authorities).toContain(foreign['ca.crt']);
    },
  );

  it.each([
    ['as OpenSSL writes it', sec1],
    [
      'behind its curve',
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1}`,
    ],
    ['behind a remark', `key of the authority\n${good.signingKey}`],
    ['with the ends of lines of Windows', good.signingKey.replaceAll('\n', '\r\n')],
    ['behind a certificate', good.authorities.join('') + good.signingKey],
    ['twice', good.signingKey + good.signingKey],
  ])('whose signing key is there %s is used', async (_, key) => {
    const { done } = await repair({ ...texts, 'ca.key': key, 'tls.crt': '' });
    expect(done).toContain('tls.crt or its key cannot be parsed');
  });

  it('with anything in it is repaired', async () => {
    const whole = Object.values(texts);
    const spoilt = fc
      .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(9), fc.string({ maxLength: 3 }))
      .map(
        ([text, at, less, more]) =>
          text.slice(0, at % text.length) + more + text.slice((at % text.length) + less),
      );
    const text = fc.oneof(fc.constantFrom(...whole, '', whole.join('')), spoilt, fc.string());
    const anything = fc.record({ 'ca.crt': text, 'ca.key': text, 'tls.crt': text, 'tls.key': text });
    const oneSpoilt = fc
      .tuple(fc.constantFrom('ca.crt', 'ca.key', 'tls.crt', 'tls.key'), text)
      .map(([field, value]) => ({ ...texts, [field]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, oneSpoilt), async (found) => (await repair(found)).again > now),
      { numRuns: 100 }, // More: raise numRuns; a hundred take a second.
    );
  });

  it.each([
    ['no data', {}],
    ['data that are null', { data: null }],
    ['null for a text', { data: { 'ca.crt': null } }],
    ['what is not base64', { data: { 'ca.crt': '%%%', 'tls.key': '\u0000' } }],
    ['keys that lead to prototypes', { data: JSON.parse('{"__proto__":{"ca.crt":"x"}}') as object }],
  ])('with %s is empty', (_, secret) => {
    expect(materialOf(secret as Parameters<typeof materialOf>[0])).toEqual({
      authorities: [],
      signingKey: '',
      serving: { certificate: '', key: '' },
    });
  });
});
