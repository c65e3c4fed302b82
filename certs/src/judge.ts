import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Certificates, Identity, Material } from './certificates.ts';

/** What to do about the certificates that were found. `why` says what is wrong with them. */
export type Verdict =
  | { readonly kind: 'keep'; readonly certificates: Certificates }
  /** A new serving certificate by the same authority: what clients trust stays as it is. */
  | { readonly kind: 'renew'; readonly why: string; readonly authority: Identity }
  | { readonly kind: 'replace'; readonly why: string };

/**
 * Whether certificates can serve these names at `now` (epoch milliseconds), and for long enough.
 *
 * | authority | serving certificate | verdict |
 * | --------- | ------------------- | ------- |
 * | sound     | sound               | keep    |
 * | sound     | unsound             | renew   |
 * | unsound   |                     | replace |
 *
 * Sound: it parses, its key belongs to it and a third of its life is left. An authority may sign; a serving
 * certificate is signed by the authority and is for every name.
 */
export function judge(material: Material, dnsNames: readonly string[], now: number): Verdict {
  const { authority, serving } = material;
  const signer = examine(authority, now);
  if (signer.fault !== undefined) return { kind: 'replace', why: `ca.crt ${signer.fault}` };
  if (!signer.parsed.ca) return { kind: 'replace', why: 'ca.crt is not an authority' };

  const leaf = examine(serving, now);
  const renew = (fault: string): Verdict => ({ kind: 'renew', why: `tls.crt ${fault}`, authority });
  if (leaf.fault !== undefined) return renew(leaf.fault);
  if (!leaf.parsed.verify(signer.parsed.publicKey)) return renew('is not signed by ca.crt');
  const unnamed = dnsNames.find((name) => leaf.parsed.checkHost(name) === undefined);
  if (unnamed !== undefined) return renew(`is not for ${unnamed}`);

  const notAfter = leaf.parsed.validToDate.getTime();
  return { kind: 'keep', certificates: { ...serving, caBundle: authority.certificate, notAfter } };
}

type Examined =
  | { readonly parsed: X509Certificate; readonly fault?: never }
  | { readonly parsed?: never; readonly fault: string };

/** What must hold for any certificate and its key. */
function examine({ certificate, key }: Identity, now: number): Examined {
  try {
    const parsed = new X509Certificate(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(key)))
      return { fault: 'has the key of another certificate' };
    const [from, to] = [parsed.validFromDate.getTime(), parsed.validToDate.getTime()];
    if (now >= to) return { fault: 'has expired' };
    if (to - now < (to - from) / 3) return { fault: 'has less than a third of its life left' };
    return { parsed };
  } catch {
    return { fault: 'or its key cannot be parsed' };
  }
}
