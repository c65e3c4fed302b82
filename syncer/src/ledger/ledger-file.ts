import type { Binding } from '@targetgate/shared/model';
import { isNotFound, type KubeClient } from '@targetgate/shared/kube';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import type { Ledger } from './ledger.ts';
import { readLedger, writeLedger } from './ledger-text.ts';

/** A ledger and the target group that its targets are registered with; none of the two before the first write. */
export interface LedgerContent {
  readonly targetGroupArn: string | undefined;
  readonly ledger: Ledger;
}

/** A binding's ledger in the API: a ConfigMap that the garbage collector removes after the binding. */
export interface LedgerFile {
  /** Throws LedgerUnreadable, KubeError or KubeUnreachable: a failed read is not an empty ledger. */
  load(): Promise<LedgerContent>;
  /** Writes the whole ledger. Throws KubeError 409 where somebody else has written since the last load or save. */
  save(content: { targetGroupArn: string; ledger: Ledger }): Promise<void>;
}

interface ConfigMap {
  readonly metadata: { readonly name: string; readonly resourceVersion?: string };
  readonly data?: Readonly<Record<string, string>>;
}

export function createLedgerFile(client: KubeClient, names: Names, binding: Binding): LedgerFile {
  const { namespace } = binding;
  const name = names.ledger(binding.name);
  const collection = `/api/v1/namespaces/${namespace}/configmaps`;
  /** The version that this program knows; undefined where there is no ConfigMap yet. */
  let version: string | undefined;

  return {
    load: async () => {
      const found = await client
        .request<ConfigMap>({ method: 'GET', path: `${collection}/${name}` })
        .catch((error: unknown) => {
          if (isNotFound(error)) return undefined;
          throw error;
        });
      const ledger = readLedger(found?.data?.targets ?? '');
      version = found?.metadata.resourceVersion;
      return { targetGroupArn: found?.data?.targetGroupARN, ledger };
    },

    save: async ({ targetGroupArn, ledger }) => {
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name,
          labels: { 'app.kubernetes.io/managed-by': 'targetgate' },
          ownerReferences: [ownerOf(binding, names)],
          ...(version !== undefined && { resourceVersion: version }),
        },
        data: { targetGroupARN: targetGroupArn, targets: writeLedger(ledger) },
      };
      const saved = await (version === undefined
        ? client.request<ConfigMap>({ method: 'POST', path: collection, body })
        : client.request<ConfigMap>({ method: 'PUT', path: `${collection}/${name}`, body }));
      version = saved.metadata.resourceVersion;
    },
  };
}

const ownerOf = (binding: Binding, names: Names) => ({
  apiVersion: `${names.group}/${bindingVersion}`,
  kind: 'TargetGroupBinding',
  name: binding.name,
  uid: binding.uid,
});
