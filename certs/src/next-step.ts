import type { X509Certificate } from 'node:crypto';
import type { Lives, Material } from './certificates.ts';
import { endOf, examine, examineSigner, issuedAt, signerOf } from './examine.ts';

/** What to do about certificates; `why` says what it is about, as the end of a sentence. */
export type Step =
  /** Nothing, until `again` (epoch milliseconds), or until what the API server is told to trust changes. */
  | { readonly kind: 'none'; readonly again: number }
  /** A new authority that is trusted beside the old ones, and signs from now on. */
  | { readonly kind: 'add-authority'; readonly why: string }
  /** A new serving certificate, by the authority that signs. */
  | { readonly kind: 'issue-serving'; readonly why: string }
  /** No trust any more in authorities that sign no more. */
  | { readonly kind: 'drop-authorities'; readonly why: string };

/** Where certificates are to be used. */
export interface Situation {
  readonly dnsNames: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly lives: Lives;
  /** 0 to 1, of this replica: who waits a little less renews for all. */
  readonly jitter: number;
  readonly trust: Trust;
}

/** Whom the API server has been told to trust, PEM. */
export interface Trust {
  /** Whether it is to trust an authority for every webhook. */
  readonly isComplete: (authority: string) => boolean;
  /** Those that it is to trust for at least one. */
  readonly some: readonly string[];
}

/**
 * For how long a step must have been public before the next one builds on it: all API servers have then seen the bundle,
 * and all replicas the certificate, whose clocks may differ by minutes.
 */
export const overlapOf = ({ servingMs }: Lives): number => servingMs / 10;

/**
 * The next step in the life of certificates, by what is wrong, missing or due:
 *
 * | signing authority | serving certificate      | and                                         | step             |
 * | ----------------- | ------------------------ | ------------------------------------------- | ---------------- |
 * | unsound           |                          |                                             | add-authority    |
 * | sound             | unsound                  |                                             | issue-serving    |
 * | sound             | by another authority     | the signing one is trusted, and has been    | issue-serving    |
 * | sound             | by another authority     | not yet                                     | none             |
 * | sound             | sound, due               |                                             | issue-serving    |
 * | sound             | sound                    | others are trusted, and it has been public  | drop-authorities |
 * | sound             | sound                    | others are trusted, and it is new           | none             |
 * | sound, due        | sound                    |                                             | add-authority    |
 * | sound             | sound                    |                                             | none             |
 *
 * Sound: it parses, its key belongs to it, and it has not expired; an authority may sign; a serving certificate is for
 * every name, and signed by an authority that is trusted. Due: two thirds of its life are over, and a little more.
 */
export function nextStep(material: Material, situation: Situation): Step {
  const { authorities, serving } = material;
  const { dnsNames, now, lives, jitter, trust } = situation;
  const signer = examineSigner(material, now);
  if (signer.fault !== undefined) return { kind: 'add-authority', why: `ca.crt ${signer.fault}` };

  const issue = (why: string): Step => ({ kind: 'issue-serving', why: `tls.crt ${why}` });
  const leaf = examine(serving, now);
  if (leaf.fault !== undefined) return issue(leaf.fault);
  const unnamed = dnsNames.find((name) => leaf.parsed.checkHost(name) === undefined);
  if (unnamed !== undefined) return issue(`is not for ${unnamed}`);
  const by = signerOf(leaf.parsed, authorities, now);
  if (by === undefined) return issue('is not signed by ca.crt');

  const overlap = overlapOf(lives);
  if (by !== authorities[0]) {
    const settled = issuedAt(signer.parsed) + overlap;
    if (now < settled) return { kind: 'none', again: settled };
    if (!trust.isComplete(authorities[0] ?? '')) return { kind: 'none', again: endOf(leaf.parsed) };
    return issue('is signed by an authority that is being replaced');
  }
  const due = dueOf(leaf.parsed, jitter);
  if (now >= due) return issue('has less than a third of its life left');
  if (authorities.length > 1) {
    const settled = issuedAt(leaf.parsed) + overlap;
    if (now < settled) return { kind: 'none', again: settled };
    return { kind: 'drop-authorities', why: 'ca.crt has authorities that sign nothing any more' };
  }
  const signerDue = dueOf(signer.parsed, jitter);
  if (now >= signerDue)
    return { kind: 'add-authority', why: 'ca.crt has less than a third of its life left' };
  return { kind: 'none', again: Math.min(due, signerDue) };
}

/** When to renew a certificate, in epoch milliseconds: after two thirds of its life, and up to a thirtieth more. */
function dueOf(certificate: X509Certificate, jitter: number): number {
  const life = endOf(certificate) - issuedAt(certificate);
  return issuedAt(certificate) + life * (2 / 3 + jitter / 30);
}
