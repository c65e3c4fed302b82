import { dnsNamesOf, type Lives, type Material } from './certificates.ts';
import { issueAuthority, issueServing } from './issue.ts';

export const day = 24 * 60 * 60 * 1000;
export const lives: Lives = { authorityMs: 730 * day, servingMs: 90 * day };
export const dnsNames = dnsNamesOf('targetgate-webhook', 'targetgate-system');

/** A new authority and a certificate signed by it. */
export async function issueMaterial(now: number, names = dnsNames): Promise<Material> {
  const authority = await issueAuthority(now, lives.authorityMs);
  const serving = await issueServing({ authority, dnsNames: names, now, lifeMs: lives.servingMs });
  return { authorities: [authority.certificate], signingKey: authority.key, serving };
}
