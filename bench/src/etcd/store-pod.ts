/** A pod as the API server gives it, with all of its fields. */
export interface ApiPod {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion?: string;
    readonly [field: string]: unknown;
  };
  readonly status?: object;
  readonly [field: string]: unknown;
}

/** A request to etcd that is ready to be sent: made beforehand where many are to be sent in a short time. */
export type PodWrite = string;

/** The request that stores a pod in place of the version that it `replaces` (undefined: there is none yet). */
export function podWrite(pod: ApiPod, replaces = '0'): PodWrite {
  const key = keyOf(pod);
  return JSON.stringify({
    compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: replaces }],
    success: [{ requestPut: { key, value: valueOf(pod) } }],
  });
}

/**
 * Writes a pod into etcd, as the API server does when it has taken a request: it reads JSON as well as its own
 * encoding, and a resource version is etcd's revision of the key. The work before that is left out, which a cluster's
 * API servers do on machines of their own. One pod at a time: the API server counts on each event having a revision of
 * its own.
 *
 * @returns false where the pod was changed meanwhile, or is there already: nothing was written.
 * @throws Error where etcd refuses.
 */
export async function storePod(etcd: string, write: PodWrite, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(`${etcd}/v3/kv/txn`, { method: 'POST', body: write, signal });
  if (!answer.ok) throw new Error(`etcd refused a write: ${await answer.text()}`);
  const { succeeded } = (await answer.json()) as { succeeded?: boolean };
  return succeeded === true;
}

const keyOf = ({ metadata }: ApiPod): string =>
  base64(`/registry/pods/${metadata.namespace}/${metadata.name}`);

function valueOf({ metadata, ...rest }: ApiPod): string {
  // JSON leaves out what is undefined.
  const stored = { ...metadata, resourceVersion: undefined };
  return base64(JSON.stringify({ ...rest, apiVersion: 'v1', kind: 'Pod', metadata: stored }));
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
