import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Identity } from './certificates.ts';
import { day, dnsNames, issueMaterial, lives } from './fixtures.ts';
import { issueAuthority, issueServing } from './issue.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const minute = 60_000;

/** What a TLS client that trusts only the authority makes of the server: an error code, or 'accepted'. */
async function handshake(
  trusted: string,
  serverName: string,
  { key, certificate }: Identity,
): Promise<string> {
  const listener = createServer({ key, cert: certificate, minVersion: 'TLSv1.2' }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, ca: trusted, servername: serverName });
  const verdict = await once(client, 'secureConnect').then(
    () => 'accepted',
    (error: unknown) => String((error as NodeJS.ErrnoException).code),
  );
  client.destroy();
  await promisify(listener.close.bind(listener))();
  return verdict;
}

describe('issued certificates', () => {
  it('let a client that trusts the authority connect under every name of the service', async () => {
    const { authorities, serving } = await issueMaterial(Date.now());
    for (const name of dnsNames) {
      expect(await handshake(authorities.join(''), name, serving)).toBe('accepted');
    }
  });

  it('are refused under another name, and by a client that trusts another authority', async () => {
    const { authorities, serving } = await issueMaterial(Date.now());
    const other = await issueAuthority(Date.now(), lives.authorityMs);
    const name = dnsNames[0] ?? '';
    expect(await handshake(authorities.join(''), 'other.svc', serving)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await handshake(other.certificate, name, serving)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('begin an hour before now and last two years and 90 days', async () => {
    const { authorities, serving } = await issueMaterial(now);
    const life = (pem: string) => {
      const { validFromDate, validToDate } = new X509Certificate(pem);
      return [validFromDate.getTime() - now, validToDate.getTime() - now];
    };
    expect(life(authorities.join(''))).toEqual([-60 * minute, 730 * day]);
    expect(life(serving.certificate)).toEqual([-60 * minute, 90 * day]);
  });

  it('are P-256, and only the authority is one', async () => {
    const { authorities, serving } = await issueMaterial(now);
    const [signer, leaf] = [
      new X509Certificate(authorities.join('')),
      new X509Certificate(serving.certificate),
    ];
    expect([signer.ca, leaf.ca]).toEqual([true, false]);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(leaf.checkIssued(signer)).toBe(true);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('have serial numbers of their own', async () => {
    const authority = await issueAuthority(now, lives.authorityMs);
    const issue = () => issueServing({ authority, dnsNames, now, lifeMs: lives.servingMs });
    const leaves = await Promise.all([issue(), issue(), issue()]);
    const serials = leaves.map(({ certificate }) => new X509Certificate(certificate).serialNumber);
    expect(new Set(serials).size).toBe(3);
  });

  it('never outlive the authority that signs them', async () => {
    const authority = await issueAuthority(now, 30 * day);
    const { certificate } = await issueServing({ authority, dnsNames, now, lifeMs: 90 * day });
    expect(new X509Certificate(certificate).validToDate.getTime()).toBe(now + 30 * day);
  });
});
