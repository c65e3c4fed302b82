export { dnsNamesOf, type Identity, type Lives } from './certificates.ts';
export { issueAuthority, issueServing } from './issue.ts';
export { keepCertificates, type KeptCertificates } from './keep.ts';
export type { SecretAddress } from './secret.ts';
