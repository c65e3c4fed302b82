export { dnsNamesOf, type Certificates, type Identity } from './certificates.ts';
export { ensureCertificates } from './ensure.ts';
export { issueMaterial } from './issue.ts';
export { publishCaBundle, type ConfigurationKind } from './publish.ts';
export type { SecretAddress } from './secret.ts';
