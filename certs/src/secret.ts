import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import type { Material } from './certificates.ts';

/** Where a program keeps its certificates. */
export interface SecretAddress {
  readonly namespace: string;
  readonly name: string;
}

/** A Secret as the API server has it. All but `data` is carried through an update untouched. */
export interface Secret {
  readonly metadata: { readonly resourceVersion: string };
  readonly data?: Readonly<Record<string, string>>;
}

const collection = (namespace: string): string => `/api/v1/namespaces/${namespace}/secrets`;
const pathOf = ({ namespace, name }: SecretAddress): string => `${collection(namespace)}/${name}`;

/** The Secret, or undefined where there is none. */
export async function readSecret(
  client: KubeClient,
  address: SecretAddress,
  signal: AbortSignal,
): Promise<Secret | undefined> {
  try {
    return await client.request<Secret>({ method: 'GET', path: pathOf(address), signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Creates the Secret, or updates the version that was `found`.
 *
 * @returns false where another replica was first: read what it wrote.
 */
export async function writeSecret(options: {
  client: KubeClient;
  address: SecretAddress;
  found: Secret | undefined;
  material: Material;
  signal: AbortSignal;
}): Promise<boolean> {
  const { client, address, found, material, signal } = options;
  const data = encode(material);
  try {
    if (found === undefined) {
      const body = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: address, data };
      await client.request({ method: 'POST', path: collection(address.namespace), body, signal });
    } else {
      const body = { ...found, data: { ...found.data, ...data } };
      await client.request({ method: 'PUT', path: pathOf(address), body, signal });
    }
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}

/** The certificates in a Secret; an entry that is missing comes out empty. */
export function materialOf({ data = {} }: Secret): Material {
  const decode = (entry: string): string => Buffer.from(data[entry] ?? '', 'base64').toString();
  return {
    authority: { certificate: decode('ca.crt'), key: decode('ca.key') },
    serving: { certificate: decode('tls.crt'), key: decode('tls.key') },
  };
}

function encode({ authority, serving }: Material): Record<string, string> {
  const encoded = (pem: string): string => Buffer.from(pem).toString('base64');
  return {
    'tls.crt': encoded(serving.certificate),
    'tls.key': encoded(serving.key),
    'ca.crt': encoded(authority.certificate),
    'ca.key': encoded(authority.key),
  };
}
