import type { KubeClient } from '@targetgate/shared/kube';
import type { Certificates, Material } from './certificates.ts';
import { issueMaterial, issueServing } from './issue.ts';
import { judge, type Verdict } from './judge.ts';
import { materialOf, readSecret, writeSecret, type SecretAddress } from './secret.ts';

/** Each lost race means that another replica wrote; more losses in a row than this mean that something is wrong. */
const attempts = 5;

/**
 * Certificates for these names from the Secret, which is created where it is missing and repaired where it is of no
 * use. Replicas that do this at the same time end up with the same certificates: the first write wins, and the
 * others read it.
 *
 * @param options.now epoch milliseconds.
 * @param options.onIssue told why new certificates were written.
 * @throws KubeError or KubeUnreachable from the API server; Error after losing every race.
 */
export async function ensureCertificates(options: {
  client: KubeClient;
  secret: SecretAddress;
  dnsNames: readonly string[];
  now: () => number;
  signal: AbortSignal;
  onIssue?: (why: string) => void;
}): Promise<Certificates> {
  const { client, secret, dnsNames, now, signal, onIssue } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await readSecret(client, secret, signal);
    const verdict = found ? judge(materialOf(found), dnsNames, now()) : missing;
    if (verdict.kind === 'keep') return verdict.certificates;
    const material = await issue(verdict, dnsNames, now());
    const written = await writeSecret({ client, address: secret, found, material, signal });
    if (written) onIssue?.(verdict.why);
  }
  throw new Error(
    `secret ${secret.namespace}/${secret.name}: other writers were first ${attempts} times in a row`,
  );
}

type Unsound = Exclude<Verdict, { kind: 'keep' }>;

const missing: Unsound = { kind: 'replace', why: 'there is no secret' };

async function issue(verdict: Unsound, dnsNames: readonly string[], now: number): Promise<Material> {
  if (verdict.kind === 'replace') return issueMaterial(dnsNames, now);
  const { authority } = verdict;
  return { authority, serving: await issueServing({ authority, dnsNames, now }) };
}
