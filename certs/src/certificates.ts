/** What a TLS server serves with, and what its clients are told to trust. All PEM. */
export interface Certificates {
  readonly certificate: string;
  readonly key: string;
  /** The authorities to trust: for the API server, a webhook's `caBundle`. */
  readonly caBundle: string;
  /** When the serving certificate ends, in epoch milliseconds. */
  readonly notAfter: number;
}

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** All that is kept in the Secret: the serving identity and the authority that signed it. */
export interface Material {
  readonly authority: Identity;
  readonly serving: Identity;
}

/** The DNS names under which a cluster's clients reach a service; the API server uses `<service>.<namespace>.svc`. */
export const dnsNamesOf = (service: string, namespace: string): readonly string[] => [
  `${service}.${namespace}.svc`,
  `${service}.${namespace}.svc.cluster.local`,
  `${service}.${namespace}`,
];
