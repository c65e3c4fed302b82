import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Identity, Material } from './certificates.ts';
import { backdatedMs } from './issue.ts';
import { isOfAlgorithm } from './keys.ts';

/** A certificate that can be used, or what is wrong with it. */
export type Examined =
  | { readonly parsed: X509Certificate; readonly fault?: never }
  | { readonly parsed?: never; readonly fault: string };

/** What must hold for any certificate and its key at `now` (epoch milliseconds). */
export function examine({ certificate, key }: Identity, now: number): Examined {
  try {
    const parsed = new X509Certificate(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(key)))
      return { fault: 'has the key of another certificate' };
    if (now >= endOf(parsed)) return { fault: 'has expired' };
    return { parsed };
  } catch {
    return { fault: 'or its key cannot be parsed' };
  }
}

/** The authority that signs, and whether it can. */
export function examineSigner({ authorities, signingKey }: Material, now: number): Examined {
  const examined = examine({ certificate: authorities[0] ?? '', key: signingKey }, now);
  if (examined.fault !== undefined) return examined;
  if (!examined.parsed.ca) return { fault: 'is not an authority' };
  return isOfAlgorithm(signingKey) ? examined : { fault: 'has a key of a kind that is not signed with here' };
}

/** Whether a certificate (PEM) is an authority's, and good at `now`. */
export function isGoodAuthority(pem: string, now: number): boolean {
  const authority = parse(pem);
  return authority?.ca === true && now < endOf(authority);
}

/** Which of the authorities, still good at `now`, has signed a certificate. */
export function signerOf(
  leaf: X509Certificate,
  authorities: readonly string[],
  now: number,
): string | undefined {
  const good = authorities.filter((pem) => isGoodAuthority(pem, now));
  return good.find((pem) => leaf.verify(new X509Certificate(pem).publicKey));
}

/** A certificate; undefined where it cannot be parsed. */
export function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** When a certificate was issued, by the clock of who issued it, in epoch milliseconds. */
export const issuedAt = ({ validFromDate }: X509Certificate): number => validFromDate.getTime() + backdatedMs;

/** When a certificate ends, in epoch milliseconds. */
export const endOf = ({ validToDate }: X509Certificate): number => validToDate.getTime();
