import { isConflict, isNotFound, type KubeClient, type RawObject } from '@targetgate/shared/kube';
import { certificatesIn, type Material } from './certificates.ts';

/** Where a program keeps its certificates. */
export interface SecretAddress {
  readonly namespace: string;
  readonly name: string;
}

/** A Secret as the API server has it. All but the certificates is carried through an update untouched. */
export type Secret = RawObject & { readonly data?: Readonly<Record<string, string>> };

/** The collection of a namespace's Secrets. */
export const secretsIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/secrets`;

/**
 * Creates the Secret, or updates the version that was `found`.
 *
 * @returns false where another replica was first: what it wrote is as good.
 * @throws KubeError or KubeUnreachable.
 */
export async function writeSecret(options: {
  client: KubeClient;
  address: SecretAddress;
  found: Secret | undefined;
  material: Material;
  signal: AbortSignal;
}): Promise<boolean> {
  const { client, address, found, material, signal } = options;
  const collection = secretsIn(address.namespace);
  const data = encode(material);
  try {
    if (found === undefined) {
      const body = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: address, data };
      await client.request({ method: 'POST', path: collection, body, signal });
    } else {
      const body = { ...found, data: { ...found.data, ...data } };
      await client.request({ method: 'PUT', path: `${collection}/${address.name}`, body, signal });
    }
    return true;
  } catch (error) {
    // Gone meanwhile: the next look finds none.
    if (isConflict(error) || (found !== undefined && isNotFound(error))) return false;
    throw error;
  }
}

/** The certificates of a Secret. What is missing is empty, and judged like anything that does not parse. */
export function materialOf({ data }: Pick<Secret, 'data'>): Material {
  const read = (key: string): string => Buffer.from(data?.[key] ?? '', 'base64').toString();
  return {
    authorities: certificatesIn(read('ca.crt')),
    signingKey: read('ca.key'),
    serving: { certificate: read('tls.crt'), key: read('tls.key') },
  };
}

const encode = ({ authorities, signingKey, serving }: Material): Record<string, string> => {
  const texts = {
    'ca.crt': authorities.join(''),
    'ca.key': signingKey,
    'tls.crt': serving.certificate,
    'tls.key': serving.key,
  };
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  );
};
