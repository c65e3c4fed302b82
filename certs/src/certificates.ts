/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** All that is kept in the Secret. */
export interface Material {
  /** The certificates of whom to trust, PEM: first the authority that signs, then those that it takes over from. */
  readonly authorities: readonly string[];
  /** The private key of the first, PEM. */
  readonly signingKey: string;
  /** What is served with. */
  readonly serving: Identity;
}

/** For how long new certificates are good, in milliseconds. */
export interface Lives {
  readonly authorityMs: number;
  readonly servingMs: number;
}

/** The certificates of a bundle, each PEM by itself and ending with a newline. */
export const certificatesIn = (pem: string): readonly string[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (block) => `${block}\n`,
  );

/** The DNS names under which a cluster's clients reach a service; the API server uses `<service>.<namespace>.svc`. */
export const dnsNamesOf = (service: string, namespace: string): readonly string[] => [
  `${service}.${namespace}.svc`,
  `${service}.${namespace}.svc.cluster.local`,
  `${service}.${namespace}`,
];
