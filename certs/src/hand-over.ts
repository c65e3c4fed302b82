import type { Identity, Material } from './certificates.ts';
import { examine, isGoodAuthority, issuedAt, parse, signerOf } from './examine.ts';
import { overlapOf, type Situation } from './next-step.ts';

/** What a replica serves with, and the authority (PEM) by which clients trust it. */
export interface Served {
  readonly identity: Identity;
  readonly authority: string;
}

/** What to serve with, and whom the API server is to be told to trust. */
export interface HandOver {
  readonly served: Served;
  readonly bundle: readonly string[];
}

/**
 * How a replica goes over to the certificates of the Secret: not before the API server trusts them. In a rotation that
 * has long come true; but whoever finds no Secret, and remembers none, makes all anew at once. So while a certificate
 * is new, whoever is trusted stays trusted: another replica may serve by it.
 */
export function handOver(
  { authorities, serving }: Material,
  served: Served | undefined,
  { now, trust, lives }: Pick<Situation, 'now' | 'trust' | 'lives'>,
): HandOver {
  const leaf = parse(serving.certificate);
  const authority = (leaf && signerOf(leaf, authorities, now)) ?? authorities[0] ?? '';
  const mayGoOver =
    served === undefined ||
    served.authority === authority ||
    trust.isComplete(authority) ||
    examine(served.identity, now).fault !== undefined;
  const next = mayGoOver ? { identity: serving, authority } : served;

  const isNew = leaf !== undefined && now < issuedAt(leaf) + overlapOf(lives);
  const kept = isNew ? trust.some.filter((each) => isGoodAuthority(each, now)) : [];
  return { served: next, bundle: [...new Set([...authorities, ...kept, next.authority])] };
}
